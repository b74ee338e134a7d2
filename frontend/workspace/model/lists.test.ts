import { expect, test } from "vitest";

import { apply, applyNewest, emptyLog } from "../../shared/connection/log.ts";
import { makeConversation, makeEntry, makeOwn } from "../testing/make.ts";
import { mine, nextWithNews, refined, unreadOf, waiting } from "./lists.ts";

const map = (...all: ReturnType<typeof makeOwn>[]) => new Map(all.map((each) => [each.id, each]));
const ids = (all: { id: number }[]) => all.map((each) => each.id);

test("requests stand in line as they came", () => {
  const all = map(makeConversation({ id: 2 }), makeConversation({ id: 1 }), makeOwn({ id: 3 }));
  expect(ids(waiting(all, new Set()))).toEqual([1, 2]);
});

test("what waits for a group stands in its agents' line alone", () => {
  const all = map(makeConversation({ id: 1, taken_by: 7 }), makeConversation({ id: 2 }));
  expect(ids(waiting(all, new Set([7])))).toEqual([1, 2]);
  expect(ids(waiting(all, new Set([8])))).toEqual([2]);
});

test("one's own keep their place, ended ones below", () => {
  const all = map(
    makeOwn({ id: 1, state: "ended" }),
    makeOwn({ id: 2 }),
    makeOwn({ id: 3, agent_id: 9 }),
    makeOwn({ id: 4 }),
  );
  expect(ids(mine(all, 2))).toEqual([2, 4, 1]);
});

test("of those that ended the newest is first", () => {
  const ended = { state: "ended" } as const;
  const all = map(
    makeOwn({ id: 1, ...ended, ended_at: 100 }),
    makeOwn({ id: 2, ...ended, ended_at: 300 }),
    makeOwn({ id: 3 }),
    makeOwn({ id: 4, ...ended, ended_at: 200 }),
  );
  expect(ids(mine(all, 2))).toEqual([3, 2, 4, 1]);
});

test("the log knows best what is new", () => {
  const own = makeOwn({ unread: 9, preview: "old" });
  const log = apply(
    emptyLog(1),
    makeEntry(1),
    makeEntry(2),
    makeEntry(3, { side: "agent", text: "mine" }),
  );
  expect(refined(own, log)).toMatchObject({ unread: 2, preview: "mine" });
});

test("a log with gaps knows nothing yet", () => {
  const own = makeOwn({ unread: 9 });
  expect(refined(own, applyNewest(apply(emptyLog(1), makeEntry(1)), 3))).toBe(own);
  expect(refined(own, undefined)).toBe(own);
});

test("unread words are counted over all", () => {
  expect(unreadOf([makeOwn({ unread: 2 }), makeOwn({ unread: 0 }), makeOwn({ unread: 1 })])).toBe(
    3,
  );
});

const quiet = { unread: 0 };

test.each([
  ["the next below", 1, 3],
  ["around the end", 3, 1],
  ["with nothing open the first", null, 1],
])("news are gone through in order: %s", (_name, present, next) => {
  const own = [makeOwn({ id: 1 }), makeOwn({ id: 2, ...quiet }), makeOwn({ id: 3 })];
  expect(nextWithNews(own, [], present)?.id).toBe(next);
});

test("without news the requests are next, and then nothing", () => {
  const own = [makeOwn({ id: 1, ...quiet })];
  expect(nextWithNews(own, [makeConversation({ id: 7 })], 1)?.id).toBe(7);
  expect(nextWithNews(own, [], 1)).toBeNull();
});
