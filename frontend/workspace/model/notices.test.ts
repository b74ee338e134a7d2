import { expect, test } from "vitest";

import type { Notice } from "../../shared/protocol.ts";
import { fresh, published, read, withdrawn } from "./notices.ts";

const notice = (id: number, facts: Partial<Notice> = {}): Notice => ({
  id,
  version: 0,
  title: `Notice ${id}`,
  text: "Words",
  author: "Alice",
  at: 1_000 * id,
  ...facts,
});
const ids = (all: readonly Notice[]) => all.map((each) => each.id);

test("the newest stands first, whenever it is heard of", () => {
  expect(ids(published([notice(3), notice(1)], notice(2)))).toEqual([3, 2, 1]);
});

test("an edited one takes the place of what it was", () => {
  const after = published([notice(1)], notice(1, { version: 1, title: "Better" }));
  expect(after.map((each) => each.title)).toEqual(["Better"]);
});

test("what is withdrawn or read goes", () => {
  expect(ids(withdrawn([notice(2), notice(1)], 2))).toEqual([1]);
  expect(ids(read([notice(2), notice(1)], { notice_id: 1, version: 0 }))).toEqual([2]);
});

test("having read it as it was leaves the edited one unread", () => {
  expect(ids(read([notice(1, { version: 1 })], { notice_id: 1, version: 0 }))).toEqual([1]);
});

test("only what is new or edited is told", () => {
  const edited = notice(1, { version: 1 });
  expect(fresh([notice(1), notice(2)], [notice(3), notice(2), edited])).toEqual([
    notice(3),
    edited,
  ]);
});
