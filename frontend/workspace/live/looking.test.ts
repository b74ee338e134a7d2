import "../testing/page.ts";

import { beforeEach, expect, test, vi } from "vitest";

import { applyMarks, apply, emptyLog } from "../../shared/connection/log.ts";
import { unknown } from "../model/workspace.ts";
import { show } from "../store/panes.ts";
import { panes } from "../store/panes.ts";
import { workspace } from "../store/state.ts";
import { BOB, makeConversation, makeEntry, makeOwn } from "../testing/make.ts";
import { connection, connectionState } from "./connection.ts";
import { logs } from "./logs.ts";
import { isAttended, startMarking } from "./looking.ts";

vi.useFakeTimers();
const ask = vi.spyOn(connection, "ask");
startMarking();

function hear(id: number, many: number): void {
  const entries = Array.from({ length: many }, (_, at) => makeEntry(at + 1));
  logs.value = new Map(logs.value).set(id, apply(emptyLog(id), ...entries));
}

async function told(): Promise<unknown[]> {
  await vi.advanceTimersByTimeAsync(500);
  return ask.mock.calls.map(([{ type, ...rest }]) => (type === "conversation.mark" ? rest : type));
}

beforeEach(() => {
  connectionState.value = { phase: "waiting", attempt: 1, retryAt: 0 };
  isAttended.value = false;
  logs.value = new Map();
  panes.value = { open: [], active: null };
  const known = [makeOwn({ id: 1 }), makeConversation({ id: 2 })];
  workspace.value = { ...unknown, me: BOB, conversations: new Map(known.map((c) => [c.id, c])) };
  connectionState.value = { phase: "open", attempt: 0, retryAt: 0 };
  ask.mockReset().mockResolvedValue(null);
});

test("what arrives is delivered, all of a moment together", async () => {
  hear(1, 2);
  hear(1, 3);
  expect(await told()).toEqual([{ conversation_id: 1, delivered: 3, read: 0 }]);
});

test("it is read when it is open before somebody", async () => {
  hear(1, 3);
  show(1);
  expect(await told()).toEqual([{ conversation_id: 1, delivered: 3, read: 0 }]);
  isAttended.value = true;
  expect((await told()).at(-1)).toEqual({ conversation_id: 1, delivered: 3, read: 3 });
});

test("the same is not told twice", async () => {
  hear(1, 3);
  await told();
  logs.value = new Map(logs.value);
  expect(await told()).toHaveLength(1);
});

test("what the server knows already is not told", async () => {
  hear(1, 3);
  const log = logs.value.get(1) ?? emptyLog(1);
  logs.value = new Map([[1, applyMarks(log, { agent_delivered: 3, agent_read: 3 })]]);
  expect(await told()).toEqual([]);
});

test("a waiting conversation one only looks at is not marked", async () => {
  hear(2, 2);
  show(2);
  isAttended.value = true;
  expect(await told()).toEqual([]);
});

test("what could not be told is told when the connection is back", async () => {
  connectionState.value = { phase: "waiting", attempt: 1, retryAt: 0 };
  hear(1, 3);
  expect(await told()).toEqual([]);
  connectionState.value = { phase: "open", attempt: 0, retryAt: 0 };
  expect(await told()).toEqual([{ conversation_id: 1, delivered: 3, read: 0 }]);
});
