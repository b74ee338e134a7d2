import { expect, test } from "vitest";

import { makeVisitor } from "../testing/make.ts";
import { changed, nobody, opened } from "./board.ts";

const board = opened({ kind: "board", version: 3, visitors: [makeVisitor("a")] });
const event = { type: "board.changed", changed: [makeVisitor("b")], moved: [], left: [] } as const;
const told = (base: number, version: number) => ({
  ...event,
  changed: [makeVisitor("b")],
  moved: [],
  left: [],
  base,
  version,
});

test("a change of this version applies", () => {
  expect([...(changed(board, told(3, 4))?.visitors.keys() ?? [])]).toEqual(["a", "b"]);
});

test("where one is missing the board must be opened again", () => {
  expect(changed(board, told(4, 5))).toBeNull();
  expect(changed(nobody, told(4, 5))).toBeNull();
});

test("a repeat changes nothing", () => {
  expect(changed(board, told(2, 3))).toBe(board);
});
