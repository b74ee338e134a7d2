import { expect, test } from "vitest";

import type { BoardChanged } from "../../shared/protocol.ts";
import { makeVisitor } from "../testing/make.ts";
import { type Board, changed, nobody, opened, tidied, touched } from "./board.ts";

const MINUTE = 60_000;
const board = opened({ kind: "board", version: 3, visitors: [makeVisitor("a")] });

function told(facts: Partial<BoardChanged> = {}): BoardChanged {
  return { type: "board.changed", base: 3, version: 4, changed: [], moved: [], left: [], ...facts };
}

function after(facts: Partial<BoardChanged>): Board {
  return changed(board, told(facts))!;
}

test("a change of this version applies", () => {
  const next = after({ changed: [makeVisitor("b")] });
  expect([...next.visitors.keys()]).toEqual(["a", "b"]);
  expect(next).toMatchObject({ version: 4, here: 2 });
});

test("where one is missing the board must be opened again", () => {
  const late = told({ base: 4, version: 5 });
  expect(changed(board, late)).toBeNull();
  expect(changed(nobody, late)).toBeNull();
});

test("a repeat changes nothing", () => {
  expect(changed(board, told({ base: 2, version: 3 }))).toBe(board);
});

test("who moves is on another page, and keeps the rest", () => {
  const page = { url: "https://acme.example/cart" };
  const next = after({ moved: [{ visitor: "a", page, pages: 2 }] });
  expect(next.visitors.get("a")).toMatchObject({ page, pages: 2, entered_at: 1_000 });
});

test("a move of somebody unknown makes no line", () => {
  const move = { visitor: "z", page: { url: "https://acme.example/" }, pages: 2 };
  expect(after({ moved: [move] }).visitors.has("z")).toBe(false);
});

test("who left stays on the board, and is not counted", () => {
  const next = after({ left: [{ visitor: "a", at: 9_000 }] });
  expect(next.visitors.get("a")?.left_at).toBe(9_000);
  expect(next.here).toBe(0);
});

test("who comes back is here again", () => {
  const gone = after({ left: [{ visitor: "a", at: 9_000 }] });
  const back = changed(gone, told({ base: 4, version: 5, changed: [makeVisitor("a")] }))!;
  expect(back.visitors.get("a")?.left_at).toBeUndefined();
  expect(back.here).toBe(1);
});

test("a change names whom it touched, and the board it came from", () => {
  const move = { visitor: "a", page: { url: "https://acme.example/" }, pages: 2 };
  const next = after({ changed: [makeVisitor("b")], moved: [move] });
  expect([...touched(board, next)!].sort()).toEqual(["a", "b"]);
  expect(touched(nobody, next)).toBeNull();
  expect(touched(next, board)).toBeNull();
});

test("who left is shown as long as the company says, then no more", () => {
  const here = [makeVisitor("here"), makeVisitor("gone", { left_at: 5 * MINUTE })];
  const both = opened({ kind: "board", version: 1, visitors: here, left_shown_for: 10 });
  expect(both.here).toBe(1);
  expect(tidied(both, 14 * MINUTE)).toBe(both);
  const left = tidied(both, 15 * MINUTE);
  expect([...left.visitors.keys()]).toEqual(["here"]);
  expect(left).toMatchObject({ here: 1, version: 1 });
});
