import { expect, test } from "vitest";

import { makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";
import { type Column, columns, nextSort, orderBy } from "./order.ts";
import { type Row, rowOf } from "./rows.ts";

const on = (visitor: string, facts = {}) => rowOf(makeVisitor(visitor, facts), undefined, 2)!;
const names = (rows: Row[]) => rows.map((each) => each.visitor);

function sorted(rows: Row[], column: Column | null = null, isDescending = false): string[] {
  return names([...rows].sort(orderBy(column && { column, isDescending }, "en")));
}

test("by default one's own first, then requests, longest waiting on top, others', who browses, who left", () => {
  const talks = [
    makeConversation({ requested_at: 20, visitor: "later" }),
    makeConversation({ requested_at: 10, visitor: "earlier" }),
    makeOwn({ visitor: "mine" }),
    makeOwn({ visitor: "other", agent_id: 3 }),
  ].map((each) => rowOf(undefined, each, 2)!);
  const present = [on("new", { entered_at: 9 }), on("old", { entered_at: 1 })];
  const gone = [on("long gone", { left_at: 5 }), on("just gone", { left_at: 6 })];
  expect(sorted([...gone, ...present, ...talks])).toEqual([
    ...["mine", "earlier", "later", "other", "old", "new", "just gone", "long gone"],
  ]);
});

test("by a column, up and down, and what is empty last both ways", () => {
  const rows = [on("a", { visits: 10 }), on("b"), on("c", { visits: 9 })];
  expect(sorted(rows, "visits")).toEqual(["c", "a", "b"]);
  expect(sorted(rows, "visits", true)).toEqual(["a", "c", "b"]);
});

test("figures in words count as figures", () => {
  const rows = [on("a", { ip: "10.0.0.12" }), on("b", { ip: "10.0.0.2" })];
  expect(sorted(rows, "ip")).toEqual(["b", "a"]);
});

test("the longest wait is the greatest", () => {
  const waits = [10, 20].map((requested_at) =>
    rowOf(undefined, makeConversation({ requested_at, visitor: `since ${requested_at}` }), 2)!,
  );
  expect(sorted(waits, "waiting", true)).toEqual(["since 10", "since 20"]);
});

test.each(columns)("equal rows keep one order by %s, so that they do not dance", (column) => {
  const rows = [on("a"), on("b")];
  expect(sorted(rows, column)).toEqual(sorted(rows.reverse(), column));
});

test("a head goes from up to down to the usual order", () => {
  const up = nextSort({ column: "page", isDescending: true }, "visits");
  expect(up).toEqual({ column: "visits", isDescending: false });
  const down = nextSort(up, "visits");
  expect(down).toEqual({ column: "visits", isDescending: true });
  expect(nextSort(down, "visits")).toBeNull();
});
