import { expect, test } from "vitest";

import type { Entry } from "../../shared/protocol.ts";
import { makeEntry } from "../testing/make.ts";
import { itemsOf } from "./grouping.ts";

const NONE = { after: 99, upTo: 99 };
const DAY = 86_400_000;
const NOON = 12 * 3_600_000;

function kinds(entries: Entry[], news = NONE, timeZone = "UTC"): string[] {
  return itemsOf(entries, { timeZone, news }).map((item) =>
    item.kind === "group" ? item.entries.map((each) => each.number).join("+") : item.kind,
  );
}

const at = (number: number, time: number, facts: Partial<Entry> = {}) =>
  makeEntry(number, { at: time, ...facts });

test("what one person says within a minute is one group", () => {
  expect(kinds([at(1, NOON), at(2, NOON + 59_000), at(3, NOON + 60_000)])).toEqual([
    "day",
    "1+2",
    "3",
  ]);
});

test("another author begins another group, another agent too", () => {
  const bob = { side: "agent", agent_id: 2 } as const;
  const carol = { side: "agent", agent_id: 3 } as const;
  const entries = [at(1, NOON), at(2, NOON, bob), at(3, NOON, carol), at(4, NOON, carol)];
  expect(kinds(entries)).toEqual(["day", "1", "2", "3+4"]);
});

test("events stand between", () => {
  const entries = [at(1, NOON), at(2, NOON, { kind: "accepted", side: "agent" }), at(3, NOON)];
  expect(kinds(entries)).toEqual(["day", "1", "event", "3"]);
});

test("each day has its rule, by the reader's midnight", () => {
  const entries = [at(1, NOON), at(2, NOON + 6 * 3_600_000), at(3, NOON + DAY)];
  expect(kinds(entries)).toEqual(["day", "1", "2", "day", "3"]);
  expect(kinds(entries, NONE, "Asia/Shanghai")).toEqual(["day", "1", "day", "2", "3"]);
});

test("one rule stands above the first new words of the visitor", () => {
  const entries = [at(1, NOON), at(2, NOON, { side: "agent" }), at(3, NOON), at(4, NOON)];
  expect(kinds(entries, { after: 2, upTo: 4 })).toEqual(["day", "1", "2", "unread", "3+4"]);
});

test("what came before one's eyes, one's own words and the very first have none", () => {
  const entries = [at(1, NOON), at(2, NOON, { side: "agent" }), at(3, NOON)];
  expect(kinds(entries, { after: 1, upTo: 2 })).not.toContain("unread");
  expect(kinds(entries, { after: 0, upTo: 3 })).not.toContain("unread");
});

test("keys are different, and last as long as their lines", () => {
  const entries = [at(1, NOON), at(2, NOON, { kind: "accepted" }), at(3, NOON), at(4, NOON + DAY)];
  const keys = (all: Entry[]) =>
    itemsOf(all, { timeZone: "UTC", news: NONE }).map((each) => each.key);
  expect(new Set(keys(entries)).size).toBe(keys(entries).length);
  expect(keys(entries).slice(0, 4)).toEqual(keys(entries.slice(0, 3)));
});
