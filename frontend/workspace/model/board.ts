import type { BoardChanged, BoardOpened, BoardVisitor } from "../../shared/protocol.ts";

/** Who is on the website, at a version. */
export interface Board {
  version: number;
  visitors: ReadonlyMap<string, BoardVisitor>;
}

export const nobody: Board = { version: -1, visitors: new Map() };

export function opened(told: BoardOpened): Board {
  const visitors = new Map(told.visitors.map((each) => [each.visitor, each]));
  return { version: told.version, visitors };
}

/** The board after a change; null when something between is missing and it must be opened again. */
export function changed(board: Board, event: BoardChanged): Board | null {
  if (event.version <= board.version) return board;
  if (event.base !== board.version) return null;
  const visitors = new Map(board.visitors);
  event.left.forEach(({ visitor }) => visitors.delete(visitor));
  event.changed.forEach((each) => visitors.set(each.visitor, each));
  return { version: event.version, visitors };
}
