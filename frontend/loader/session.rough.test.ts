import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket, fakeStorage, settled } from "../shared/connection/testing.ts";
import type { Entry } from "../shared/protocol.ts";
import type { VisitorSession } from "./session.ts";
import { answer, conversation, entry, greet, openSession, withFakeServer } from "./testing.ts";

/* What goes wrong on the way: refusals, gaps, answers that are lost. */

const talk = [entry(1, "requested"), entry(2, "text", { text: "hello", client_id: "a" })];
const opened = (id: number, entries: Entry[], last = entries.length) => ({
  kind: "conversation",
  conversation: conversation(id, last),
  entries,
});
const created = (entry: Entry) => ({ type: "entry.created", conversation_id: 7, entry });

let storage: Storage;
let session: VisitorSession;

withFakeServer();

beforeEach(() => {
  storage = fakeStorage();
  session = openSession(storage);
});

afterEach(() => {
  session.close();
});

async function talking(entries = talk, last = entries.length): Promise<FakeSocket> {
  const socket = await greet();
  await answer(socket, "conversation.current", opened(7, entries, last));
  return socket;
}

async function reconnect(entries = talk): Promise<FakeSocket> {
  FakeSocket.last.breaks();
  session.carryOut({ does: "retry" });
  return talking(entries);
}

const asked = (type: string) => FakeSocket.last.sent.filter((frame) => frame["type"] === type);
const last = (type: string) => asked(type).pop();
const numbers = () => session.shown().conversation?.entries.map(({ number }) => number);
const say = (name: string) => {
  session.carryOut({ does: "say", name, text: name });
};

async function refuse(type: string, more: object): Promise<void> {
  FakeSocket.last.says({ type: "refused", ref: last(type)?.["ref"], message: "No.", ...more });
  await settled();
}

test("a refusal that says when to try again is tried again then, unseen", async () => {
  await talking();
  say("b");
  await refuse("message.send", { code: "slow_down", retry_after: 2 });
  expect(session.shown().letters[0]?.failure).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1_999);
  expect(asked("message.send")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked("message.send")).toHaveLength(2);
  expect(last("message.send")).toMatchObject({ client_id: "b" });
});

test("any other refusal is shown, and goes again only when the visitor says so", async () => {
  await talking();
  say("b");
  await refuse("message.send", { code: "too_long", field: "text" });
  expect(session.shown().letters).toMatchObject([
    { failure: { code: "too_long", message: "No.", field: "text" } },
  ]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked("message.send")).toHaveLength(1);
  say("b");
  expect(asked("message.send")).toHaveLength(2);
  expect(session.shown().letters).toHaveLength(1);
  expect(session.shown().letters[0]?.failure).toBeUndefined();
});

test("what was on its way when the connection broke goes again under its name, once", async () => {
  await talking();
  say("b");
  await reconnect();
  expect(asked("message.send").map(({ client_id }) => client_id)).toEqual(["b"]);
});

test("what arrived although its answer was lost is shown once", async () => {
  await talking();
  say("b");
  await reconnect([...talk, entry(3, "text", { client_id: "b", text: "b" })]);
  expect(numbers()).toEqual([1, 2, 3]);
  expect(session.shown().letters).toEqual([]);
});

test("what is pending survives the page", async () => {
  await talking();
  say("b");
  session.close();
  session = openSession(storage);
  await talking();
  expect(last("message.send")).toMatchObject({ client_id: "b", conversation_id: 7 });
});

test("a long log comes in pieces, and asking ends when one brings nothing", async () => {
  const socket = await talking(talk, 6);
  await answer(socket, "conversation.follow", opened(7, [entry(3, "text"), entry(4, "text")], 6));
  expect(last("conversation.follow")?.["after"]).toBe(4);
  await answer(socket, "conversation.follow", opened(7, [], 6));
  expect(asked("conversation.follow")).toHaveLength(2);
});

test("a new conversation's gap is filled although an old one's was being fetched", async () => {
  const socket = await talking();
  socket.says(created(entry(4, "text")));
  const old = last("conversation.follow")?.["ref"];
  socket.says({ type: "conversation.begun", conversation_id: 8 });
  await answer(socket, "conversation.follow", opened(8, [entry(1, "requested")], 3));
  socket.says({ type: "refused", ref: old, code: "not_found", message: "No." });
  await settled();
  expect(last("conversation.follow")).toMatchObject({ conversation_id: 8, after: 1 });
});

test("entries and marks of another conversation change nothing", async () => {
  const socket = await talking();
  socket.says({ ...created(entry(3, "text")), conversation_id: 9 });
  socket.says({ type: "conversation.marked", conversation_id: 9, marks: { agent_read: 2 } });
  expect(numbers()).toEqual([1, 2]);
  expect(session.shown().conversation?.marks.agent_read).toBe(0);
});

test("a website that clears its storage in mid-conversation changes nobody", async () => {
  await talking();
  const token = storage.getItem("parley:12345678:visitor");
  Object.keys(storage).forEach((key) => {
    storage.removeItem(key);
  });
  session.look();
  await reconnect();
  expect(FakeSocket.last.sent[0]?.["token"]).toBe(token);
  expect(storage.getItem("parley:12345678:visitor")).toBe(token);
});

test("all that is stored lies under our own name", async () => {
  storage.setItem("cart", "3");
  await talking();
  say("b");
  session.carryOut({ does: "keep", key: "draft", value: "x" });
  const ours = Object.keys(storage).filter((key) => key !== "cart");
  expect(ours.sort()).toEqual([
    "parley:12345678:conversation",
    "parley:12345678:draft",
    "parley:12345678:out:b",
    "parley:12345678:visitor",
  ]);
  expect(storage.getItem("cart")).toBe("3");
});

test("late news of the chat before does not bring it back once another is begun", async () => {
  const socket = await talking();
  session.carryOut({ does: "begin" });
  const marks = { visitor_delivered: 2 };
  socket.says({ type: "conversation.marked", conversation_id: 7, marks });
  await settled();
  expect(asked("conversation.follow")).toEqual([]);
  expect(session.shown().conversation).toBeNull();
});
