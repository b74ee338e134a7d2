import type { Conversation } from "../../shared/protocol.ts";
import { type Board, nobody, touched as touchedOnBoard } from "./board.ts";
import type { Conversations } from "./conversations.ts";
import { everybody, type Filter, testOf } from "./filter.ts";
import { type Order, orderBy } from "./order.ts";
import { type Row, rowOf } from "./rows.ts";

/** What the queue is made from. The same objects mean that nothing has changed. */
export interface Told {
  board: Board;
  conversations: Conversations;
  /** When the newest words were said, by conversation, as far as this browser knows. */
  lastMessages: ReadonlyMap<number, number>;
}

/** How the queue is looked at. */
export interface Look {
  order: Order;
  filter: Filter;
}

const nothing: Told = { board: nobody, conversations: new Map(), lastMessages: new Map() };
const usual: Look = { order: orderBy(null, "en"), filter: everybody };

/**
 * The rows of the visitor queue, kept in order. Ten thousand are looked at when the order or the
 * filter changes; otherwise only those that something was told of.
 */
export class Queue {
  private readonly me: number;
  private told = nothing;
  private look = usual;
  private talks: ReadonlyMap<string, Conversation> = new Map();
  private rows = new Map<string, Row>();
  private test = testOf(everybody);
  private shown: readonly Row[] = [];

  constructor(me: number) {
    this.me = me;
  }

  /** How many there are, shown or not. */
  get size(): number {
    return this.rows.size;
  }

  row(visitor: string): Row | undefined {
    return this.rows.get(visitor);
  }

  /** Those who pass the filter, in order: a new list whenever any of them is another one. */
  update(told: Told, look: Look): readonly Row[] {
    const touched = this.touchedBy(told);
    const isSameLook = look === this.look;
    this.told = told;
    this.look = look;
    this.test = isSameLook ? this.test : testOf(look.filter);
    if (touched === null) this.makeAll();
    else this.makeSome(touched, isSameLook);
    if (touched === null || !isSameLook) {
      this.shown = [...this.rows.values()].filter(this.test).sort(look.order);
    }
    return this.shown;
  }

  /** Whose rows may have changed; null for everybody. */
  private touchedBy(told: Told): Set<string> | null {
    const before = this.told;
    const talksBefore = this.talks;
    if (told.conversations !== before.conversations) this.talks = talksOf(told.conversations);
    const onBoard = told.board === before.board ? [] : touchedOnBoard(before.board, told.board);
    if (onBoard === null) return null;
    const touched = new Set(onBoard);
    if (this.talks === talksBefore && told.lastMessages === before.lastMessages) return touched;
    for (const visitor of [...talksBefore.keys(), ...this.talks.keys()]) {
      const [talk, was] = [this.talks.get(visitor), talksBefore.get(visitor)];
      const isSame = talk === was && wordsAt(told, talk) === wordsAt(before, was);
      if (!isSame) touched.add(visitor);
    }
    return touched;
  }

  private makeAll(): void {
    this.rows = new Map();
    for (const visitor of [...this.talks.keys(), ...this.told.board.visitors.keys()]) {
      const row = this.rows.has(visitor) ? null : this.make(visitor);
      if (row) this.rows.set(visitor, row);
    }
  }

  private makeSome(touched: Iterable<string>, isPlacing: boolean): void {
    const gone = new Set<Row>();
    const come: Row[] = [];
    for (const visitor of touched) {
      const before = this.rows.get(visitor);
      const row = this.make(visitor);
      if (before) gone.add(before);
      if (row) this.rows.set(visitor, row);
      else this.rows.delete(visitor);
      if (row && this.test(row)) come.push(row);
    }
    if (isPlacing && gone.size + come.length > 0) {
      this.shown = placed(this.shown, gone, come, this.look.order);
    }
  }

  private make(visitor: string): Row | null {
    const talk = this.talks.get(visitor);
    const { board } = this.told;
    return rowOf(board.visitors.get(visitor), talk, this.me, wordsAt(this.told, talk));
  }
}

/** A list in order without some rows and with some others. */
export function placed(
  rows: readonly Row[],
  gone: ReadonlySet<Row>,
  come: readonly Row[],
  order: Order,
): Row[] {
  const left = rows.filter((each) => !gone.has(each));
  const places = [...come].sort(order).map((row) => ({ row, at: placeIn(left, row, order) }));
  const result: Row[] = [];
  let from = 0;
  for (const { row, at } of places) {
    for (; from < at; from++) result.push(left[from] as Row);
    result.push(row);
  }
  for (; from < left.length; from++) result.push(left[from] as Row);
  return result;
}

/** How many rows come before this one. */
function placeIn(rows: readonly Row[], row: Row, order: Order): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(rows[middle] as Row, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function wordsAt({ lastMessages }: Told, talk: Conversation | undefined): number | null {
  return talk ? (lastMessages.get(talk.id) ?? null) : null;
}

function talksOf(conversations: Conversations): ReadonlyMap<string, Conversation> {
  const open = [...conversations.values()].filter((each) => each.state !== "ended");
  return new Map(open.map((each) => [each.visitor, each]));
}
