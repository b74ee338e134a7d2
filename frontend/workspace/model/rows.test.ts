import { expect, test } from "vitest";

import { makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";
import { placeOf, rowOf } from "./rows.ts";

const ME = 2;

test("somebody who browses and talks has one row, with the page they are on now", () => {
  const page = { url: "https://acme.example/cart", title: "Cart" };
  const row = rowOf(makeVisitor("v", { page, entered_at: 77 }), makeConversation(), ME);
  expect(row).toMatchObject({ page, enteredAt: 77, waitingSince: 1_000, state: "requesting" });
});

test("who has left the site but waits is still there", () => {
  const row = rowOf(makeVisitor("v", { left_at: 9 }), makeConversation(), ME);
  expect(row).toMatchObject({ leftAt: 9, state: "requesting" });
  expect(rowOf(undefined, makeConversation(), ME)).toMatchObject({ enteredAt: null });
});

test.each([
  ["mine", makeOwn()],
  ["other", makeOwn({ agent_id: 9 })],
  ["requesting", makeConversation()],
  ["browsing", undefined],
])("a row is %s", (state, conversation) => {
  expect(rowOf(makeVisitor("v"), conversation, ME)?.state).toBe(state);
});

test("who left without a conversation has left", () => {
  expect(rowOf(makeVisitor("v", { left_at: 9 }), undefined, ME)?.state).toBe("left");
});

test("whoever nobody knows of has no row", () => {
  expect(rowOf(undefined, undefined, ME)).toBeNull();
});

test("what the board knows stands in the row", () => {
  const facts = {
    name: "Vera",
    visits: 3,
    ip: "203.0.113.7",
    place: { country: "China", province: "Zhejiang", city: "Hangzhou" },
    carrier: "China Telecom",
    browser: "Chrome 140",
    system: "Windows 11",
    device: "computer",
    source: { kind: "search", name: "Baidu", words: "tents" },
  } as const;
  const row = rowOf(makeVisitor("v", facts), undefined, ME, 5);
  expect(row).toMatchObject({ ...facts, place: "China · Zhejiang · Hangzhou", lastMessageAt: 5 });
});

test("the newest message is the newest that anybody knows of", () => {
  const at = (board: number | null, log: number | null) =>
    rowOf(makeVisitor("v", { last_message_at: board }), undefined, ME, log)?.lastMessageAt;
  expect([at(7, 5), at(5, 7), at(7, null), at(null, null)]).toEqual([7, 7, 7, null]);
});

test.each([
  [{ country: "China", province: "Shanghai", city: "Shanghai" }, "China · Shanghai"],
  [{ country: "CN", province: "上海", city: "上海市" }, "China · 上海市"],
  [{ country: "Norway" }, "Norway"],
  [{ country: "CN", province: "浙江省", city: "杭州市" }, "China · 浙江省 · 杭州市"],
  [{ country: "DE" }, "Germany"],
  [{}, ""],
  [undefined, ""],
])("a place names each part once: %o", (place, shown) => {
  expect(placeOf(place)).toBe(shown);
});
