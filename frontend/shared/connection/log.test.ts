import { expect, test } from "vitest";

import type { Entry, EntryKind, Marks } from "../protocol.ts";
import {
  agentOf,
  apply,
  applyMarks,
  applyNewest,
  applyOpened,
  emptyLog,
  has,
  logOf,
  markOf,
  missingAfter,
  stateOf,
  unreadOf,
} from "./log.ts";

const entry = (number: number, kind: EntryKind = "text", more: Partial<Entry> = {}): Entry => ({
  number,
  kind,
  side: "visitor",
  at: 1_000 + number,
  ...more,
});
const whole = [
  entry(1, "requested"),
  entry(2, "text", { text: "hello", client_id: "a" }),
  entry(3, "accepted", { side: "agent", author: "Bob", agent_id: 2 }),
  entry(4, "text", { side: "agent", author: "Bob", text: "hi" }),
  entry(5, "text", { text: "thanks", client_id: "b" }),
  entry(6, "ended", { side: "agent", author: "Bob" }),
];
const fresh = apply(emptyLog(7), ...whole);

/** All orders of six entries would be 720: each rotation and its mirror image will do. */
const orders = whole.flatMap((_, at) => {
  const turned = [...whole.slice(at), ...whole.slice(0, at)];
  return [turned, [...turned].reverse()];
});

test.each(orders)(
  "entries in any order, each twice, make the log that a fresh one is (%#)",
  (...order) => {
    const events = order.flatMap((each) => [each, each]);
    const log = events.reduce((grown, each) => apply(grown, each), emptyLog(7));
    expect(log).toEqual(fresh);
  },
);

test.each(whole.map((_, at) => at))(
  "the events after a snapshot of %i entries make a fresh one",
  (count) => {
    const snapshot = apply(emptyLog(7), ...whole.slice(0, count));
    expect(whole.reduce((log, each) => apply(log, each), snapshot)).toEqual(fresh);
  },
);

test("beyond a gap nothing is shown, and it says from where to fetch", () => {
  const log = apply(emptyLog(7), entry(1), entry(2), entry(4), entry(5));
  expect(log.entries.map(({ number }) => number)).toEqual([1, 2]);
  expect(missingAfter(log)).toBe(2);
  const healed = apply(log, entry(3));
  expect(healed.entries).toHaveLength(5);
  expect(missingAfter(healed)).toBeNull();
});

test("a number that a heartbeat names is missing until it is here", () => {
  const log = applyNewest(apply(emptyLog(7), entry(1)), 3);
  expect(missingAfter(log)).toBe(1);
  expect(missingAfter(applyNewest(apply(log, entry(2), entry(3)), 2))).toBeNull();
});

test("an old log is left as it was", () => {
  const before = apply(emptyLog(7), entry(1));
  apply(before, entry(2));
  expect(before.entries).toHaveLength(1);
});

test.each([
  [0, "waiting", ""],
  [2, "waiting", ""],
  [3, "active", "Bob"],
  [6, "ended", "Bob"],
])("after %i entries it is %s with agent '%s'", (count, state, agent) => {
  const log = apply(emptyLog(7), ...whole.slice(0, count));
  expect(stateOf(log)).toBe(state);
  expect(agentOf(log)).toBe(agent);
});

test("an agent who is lost leaves it waiting", () => {
  const log = apply(emptyLog(7), ...whole.slice(0, 3), entry(4, "returned"));
  expect(stateOf(log)).toBe("waiting");
});

test("an opened conversation brings entries, marks and the newest number", () => {
  const conversation = {
    id: 7,
    state: "active",
    visitor: "v",
    page: { url: "" },
    requested_at: 0,
    last_number: 5,
    marks: { agent_read: 1 },
  } as const;
  const log = applyOpened(emptyLog(7), {
    kind: "conversation",
    conversation,
    entries: whole.slice(0, 2),
    complete: false,
  });
  expect(log.entries).toHaveLength(2);
  expect(log.marks.agent_read).toBe(1);
  expect(missingAfter(log)).toBe(2);
  expect(missingAfter(logOf(conversation))).toBe(0);
});

test.each<[Marks, string]>([
  [{}, "sent"],
  [{ agent_delivered: 4 }, "sent"],
  [{ agent_delivered: 5 }, "delivered"],
  [{ agent_delivered: 6, agent_read: 4 }, "delivered"],
  [{ agent_delivered: 6, agent_read: 5 }, "read"],
])("with marks %o the visitor's fifth entry is %s", (marks, expected) => {
  expect(markOf(5, marks, "agent")).toBe(expected);
});

test("marks never go back", () => {
  const log = applyMarks(emptyLog(7), { agent_read: 5, agent_delivered: 6 });
  expect(applyMarks(log, { agent_read: 3 }).marks).toMatchObject({
    agent_read: 5,
    agent_delivered: 6,
  });
});

test("unread are the other side's texts beyond one's own mark", () => {
  expect(unreadOf(fresh, "visitor")).toBe(1);
  expect(unreadOf(applyMarks(fresh, { visitor_read: 4 }), "visitor")).toBe(0);
  expect(unreadOf(applyMarks(fresh, { agent_read: 2 }), "agent")).toBe(1);
});

test("an entry is found by the name its sender gave it", () => {
  expect(has(fresh, "a")).toBe(true);
  expect(has(fresh, "c")).toBe(false);
});
