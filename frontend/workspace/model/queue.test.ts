import { expect, test } from "vitest";

import { makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";
import * as boards from "./board.ts";
import { rowsOf } from "./queue.ts";

const ME = 2;

function rows(visitors: ReturnType<typeof makeVisitor>[], talks: ReturnType<typeof makeOwn>[]) {
  const board = boards.opened({ kind: "board", version: 1, visitors });
  return rowsOf(board, new Map(talks.map((each) => [each.id, each])), ME);
}

test("requests first, longest waiting on top, then own, others', and who browses", () => {
  const talks = [
    makeConversation({ id: 1, agent_id: 3, state: "active", visitor: "other" }),
    makeConversation({ id: 2, requested_at: 20, visitor: "later" }),
    makeOwn({ id: 3, visitor: "mine" }),
    makeConversation({ id: 4, requested_at: 10, visitor: "earlier" }),
  ];
  const found = rows([makeVisitor("browsing"), makeVisitor("mine")], talks);
  expect(found.map((each) => [each.visitor, each.state])).toEqual([
    ["earlier", "requesting"],
    ["later", "requesting"],
    ["mine", "mine"],
    ["other", "other"],
    ["browsing", "browsing"],
  ]);
});

test("somebody who browses and talks has one row, with the page they are on now", () => {
  const now = { url: "https://acme.example/cart", title: "Cart" };
  const [row, ...others] = rows(
    [makeVisitor("v", { page: now, entered_at: 77 })],
    [makeConversation({ visitor: "v" })],
  );
  expect(others).toEqual([]);
  expect(row).toMatchObject({ page: now, enteredAt: 77, waitingSince: 1_000 });
});

test("who has left the site but waits is still there", () => {
  const [row] = rows([], [makeConversation({ visitor: "gone" })]);
  expect(row).toMatchObject({ visitor: "gone", enteredAt: null, state: "requesting" });
});

test("after the end the visitor browses again", () => {
  const [row] = rows([makeVisitor("v")], [makeOwn({ visitor: "v", state: "ended" })]);
  expect(row).toMatchObject({ state: "browsing", conversation: null });
});

test("equal times keep one order, so that rows do not dance", () => {
  const both = [makeVisitor("a"), makeVisitor("b")];
  expect(rows(both, [])).toEqual(rows([...both].reverse(), []));
});

test("ten thousand rows are ready in a moment", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => makeVisitor(`v${at}`, { entered_at: at }));
  const begun = performance.now();
  expect(rows(many, [])).toHaveLength(10_000);
  expect(performance.now() - begun).toBeLessThan(500);
});
