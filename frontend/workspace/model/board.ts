import type { BoardChanged, BoardOpened, BoardVisitor } from "../../shared/protocol.ts";

const MINUTE = 60_000;
const LEFT_SHOWN_FOR = 30;

/** Who is on the website, and who left a short while ago, at a version. */
export interface Board {
  version: number;
  visitors: ReadonlyMap<string, BoardVisitor>;
  /** How many of them are here now. */
  here: number;
  /** How long those who left are shown, in milliseconds. */
  leftShownFor: number;
}

export const nobody: Board = {
  version: -1,
  visitors: new Map(),
  here: 0,
  leftShownFor: LEFT_SHOWN_FOR * MINUTE,
};

/** Which board came from which, by whom: beside the boards, so that equal ones are equal. */
const steps = new WeakMap<Board, Step>();

interface Step {
  serial: number;
  from: number | null;
  touched: ReadonlySet<string>;
}

let serial = 0;

export function opened(told: BoardOpened): Board {
  const visitors = new Map(told.visitors.map((each) => [each.visitor, each]));
  return {
    version: told.version,
    visitors,
    here: told.visitors.filter(isHere).length,
    leftShownFor: (told.left_shown_for ?? LEFT_SHOWN_FOR) * MINUTE,
  };
}

/** Whom the step from one board to the next has touched; null where more lies between them. */
export function touched(before: Board, after: Board): ReadonlySet<string> | null {
  const step = steps.get(after);
  return step && step.from === steps.get(before)?.serial ? step.touched : null;
}

/** The board after a change; null when something between is missing and it must be opened again. */
export function changed(board: Board, event: BoardChanged): Board | null {
  if (event.version <= board.version) return board;
  if (event.base !== board.version) return null;
  const edit = new Edit(board);
  event.left.forEach(({ visitor, at }) => {
    edit.change(visitor, { left_at: at });
  });
  event.changed.forEach((each) => {
    edit.put(each);
  });
  event.moved.forEach((move) => {
    const { page, pages, last_message_at } = move;
    edit.change(move.visitor, { page, pages, ...(last_message_at ? { last_message_at } : {}) });
  });
  return edit.done(event.version);
}

/** Without those who left too long ago; the same board where there are none. */
export function tidied(board: Board, now: number): Board {
  const gone = [...board.visitors.values()].filter(
    ({ left_at }) => left_at != null && left_at + board.leftShownFor <= now,
  );
  if (gone.length === 0) return board;
  const edit = new Edit(board);
  gone.forEach(({ visitor }) => {
    edit.remove(visitor);
  });
  return edit.done(board.version);
}

export function isHere({ left_at }: BoardVisitor): boolean {
  return left_at == null;
}

/** Some changes of a board at once, with its counts kept. */
class Edit {
  private readonly board: Board;
  private readonly visitors: Map<string, BoardVisitor>;
  private readonly touched = new Set<string>();
  private here: number;

  constructor(board: Board) {
    this.board = board;
    this.visitors = new Map(board.visitors);
    this.here = board.here;
  }

  put(visitor: BoardVisitor): void {
    const known = this.visitors.get(visitor.visitor);
    this.here += Number(isHere(visitor)) - Number(!!known && isHere(known));
    this.visitors.set(visitor.visitor, visitor);
    this.touched.add(visitor.visitor);
  }

  /** Nothing where the visitor is unknown: a page alone makes no line. */
  change(visitor: string, facts: Partial<BoardVisitor>): void {
    const known = this.visitors.get(visitor);
    if (known) this.put({ ...known, ...facts });
  }

  remove(visitor: string): void {
    const known = this.visitors.get(visitor);
    if (known && isHere(known)) this.here -= 1;
    this.visitors.delete(visitor);
    this.touched.add(visitor);
  }

  done(version: number): Board {
    const { visitors, here, touched } = this;
    const board = { ...this.board, version, visitors, here };
    const from = numberOf(this.board);
    steps.set(board, { serial: ++serial, from, touched });
    return board;
  }
}

function numberOf(board: Board): number {
  const known = steps.get(board) ?? { serial: ++serial, from: null, touched: new Set() };
  steps.set(board, known);
  return known.serial;
}
