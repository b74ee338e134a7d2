import "../testing/page.ts";

import { beforeEach, expect, test } from "vitest";

import { apply, applyMarks, emptyLog } from "../../shared/connection/log.ts";
import { unknown } from "../model/workspace.ts";
import { panes } from "../store/panes.ts";
import { own, workspace } from "../store/state.ts";
import { BOB, makeEntry, makeOwn } from "../testing/make.ts";
import { logs } from "./logs.ts";
import { write } from "./outbox.ts";
import { startTidying } from "./tidying.ts";

startTidying();

const ids = async () => {
  await Promise.resolve();
  return own.value.map((each) => each.id);
};

function see(id: number, upTo: number): void {
  const log = apply(emptyLog(id), makeEntry(1), makeEntry(2), makeEntry(3, { kind: "ended" }));
  logs.value = new Map(logs.value).set(id, applyMarks(log, { agent_read: upTo }));
}

beforeEach(() => {
  logs.value = new Map();
  panes.value = { open: [1], active: 1 };
  const known = [makeOwn({ id: 1, state: "ended" }), makeOwn({ id: 2 })];
  workspace.value = { ...unknown, me: BOB, conversations: new Map(known.map((c) => [c.id, c])) };
  see(1, 3);
  see(2, 3);
});

test("an ended conversation stays while it is open, and goes when one goes on", async () => {
  expect(await ids()).toEqual([2, 1]);
  panes.value = { open: [2], active: 2 };
  expect(await ids()).toEqual([2]);
  expect(logs.value.has(1)).toBe(false);
});

test("one whose end nobody has seen stays", async () => {
  logs.value = new Map();
  see(1, 2);
  panes.value = { open: [], active: null };
  expect(await ids()).toEqual([2, 1]);
});

test("one with words that could not be sent stays", async () => {
  write(1, "too late");
  panes.value = { open: [], active: null };
  expect(await ids()).toEqual([2, 1]);
});
