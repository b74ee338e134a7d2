import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket, fakeStorage, settled } from "../shared/connection/testing.ts";
import type { VisitorSession } from "./session.ts";
import {
  answer,
  conversation,
  entry,
  greet,
  greeting,
  openSession,
  refuse,
  withFakeServer,
} from "./testing.ts";

const none = { kind: "none" };
const log = [
  entry(1, "requested"),
  entry(2, "text", { text: "hello", client_id: "a" }),
  entry(3, "accepted", { side: "agent", author: "Bob" }),
  entry(4, "text", { side: "agent", author: "Bob", text: "hi" }),
];
const opened = (entries = log, id = 7) => ({
  kind: "conversation",
  conversation: conversation(id, entries.length),
  entries,
});

let storage: Storage;
let session: VisitorSession;
const unwelcome = vi.fn();

withFakeServer();

beforeEach(() => {
  storage = fakeStorage();
  unwelcome.mockReset();
  session = openSession(storage, unwelcome);
});

afterEach(() => {
  session.close();
});

const texts = () => session.shown().conversation?.entries.map(({ text }) => text);
const pending = () => session.shown().letters.map(({ command }) => command.text);

async function talking(): Promise<FakeSocket> {
  const socket = await greet();
  await answer(socket, "conversation.current", opened());
  return socket;
}

test("it opens a socket to the company, with the page and no token at first", async () => {
  const socket = await greet();
  expect(socket.url).toBe("wss://chat.example/live/c/12345678/visitor");
  expect(socket.sent[0]).toMatchObject({
    type: "session.open",
    token: "",
    page: { url: location.href, title: document.title },
  });
  expect(session.shown()).toMatchObject({ availability: "online", version: "1" });
});

test("the next page opens with the token that was given", async () => {
  await greet();
  session.close();
  session = openSession(storage, unwelcome);
  expect((await greet()).sent[0]).toMatchObject({ token: greeting.token });
});

test("a forged or outdated token is dropped, and the visitor is a new one", async () => {
  storage.setItem("parley:12345678:visitor", "forged");
  session.close();
  session = openSession(storage, unwelcome);
  await settled();
  FakeSocket.last.onopen?.();
  await refuse(FakeSocket.last, "session.open", "visitor_token_invalid");
  vi.advanceTimersByTime(1_000);
  expect((await greet()).sent[0]).toMatchObject({ token: "" });
});

test.each(["origin_not_allowed", "company_closed"])(
  "after %s nothing is tried again",
  async (code) => {
    await settled();
    FakeSocket.last.onopen?.();
    await refuse(FakeSocket.last, "session.open", code);
    vi.advanceTimersByTime(100_000);
    expect(unwelcome).toHaveBeenCalledOnce();
    expect(FakeSocket.all).toHaveLength(1);
  },
);

test("two new tabs become one visitor", async () => {
  await settled();
  storage.setItem("parley:12345678:visitor", "12345678.other:signed:x");
  FakeSocket.last.onopen?.();
  FakeSocket.last.says(greeting);
  expect((await greet()).sent[0]).toMatchObject({ token: "12345678.other:signed:x" });
});

test("a tab follows when another one has become somebody else", async () => {
  await greet();
  session.look();
  expect(FakeSocket.all).toHaveLength(1);
  storage.setItem("parley:12345678:visitor", "12345678.other:signed:x");
  session.look();
  expect((await greet()).sent[0]).toMatchObject({ token: "12345678.other:signed:x" });
});

test("the first words ask for a conversation and are shown until they are in its log", async () => {
  const socket = await greet();
  await answer(socket, "conversation.current", none);
  session.carryOut({ does: "say", name: "a", text: "hello" });
  expect(socket.lastSent).toMatchObject({
    type: "conversation.request",
    client_id: "a",
    text: "hello",
  });
  expect(pending()).toEqual(["hello"]);
  await answer(socket, "conversation.request", opened(log.slice(0, 2)));
  expect(pending()).toEqual([]);
  expect(texts()).toEqual([undefined, "hello"]);
  expect(session.shown().conversation?.state).toBe("waiting");
});

test("later words go into the conversation, and stand in the log once they are stored", async () => {
  const socket = await talking();
  session.carryOut({ does: "say", name: "b", text: "thanks" });
  expect(socket.lastSent).toMatchObject({
    type: "message.send",
    conversation_id: 7,
    client_id: "b",
  });
  await answer(socket, "message.send", { kind: "message", conversation_id: 7, number: 5, at: 9 });
  expect(pending()).toEqual([]);
  expect(texts()?.at(-1)).toBe("thanks");
});

test("words written while the connection is lost are sent once it is back, in their order", async () => {
  (await talking()).breaks();
  session.carryOut({ does: "say", name: "b", text: "one" });
  session.carryOut({ does: "say", name: "c", text: "two" });
  session.carryOut({ does: "retry" });
  const socket = await greet();
  expect(socket.lastSent).not.toMatchObject({ text: "two" });
  await answer(socket, "message.send", { kind: "message", conversation_id: 7, number: 5, at: 9 });
  expect(socket.sent.filter(({ type }) => type === "message.send")).toMatchObject([
    { text: "one" },
    { text: "two" },
  ]);
});

test("words refused because the chat had ended can begin a new one", async () => {
  const socket = await talking();
  session.carryOut({ does: "say", name: "b", text: "thanks" });
  await refuse(socket, "message.send", "conversation_ended");
  socket.says({ type: "entry.created", conversation_id: 7, entry: entry(5, "ended") });
  expect(session.shown().letters).toMatchObject([
    { failure: { message: "It is conversation_ended." } },
  ]);
  session.carryOut({ does: "say", name: "b", text: "thanks" });
  expect(socket.lastSent).toMatchObject({ type: "conversation.request", client_id: "b" });
});

test("refused words can be discarded", async () => {
  const socket = await talking();
  session.carryOut({ does: "say", name: "b", text: "thanks" });
  await refuse(socket, "message.send", "text_empty");
  session.carryOut({ does: "drop", name: "b" });
  expect(pending()).toEqual([]);
});

test("a gap in the log is fetched", async () => {
  const socket = await talking();
  socket.says({
    type: "entry.created",
    conversation_id: 7,
    entry: entry(6, "text", { text: "two" }),
  });
  expect(socket.lastSent).toMatchObject({
    type: "conversation.follow",
    conversation_id: 7,
    after: 4,
  });
  await answer(socket, "conversation.follow", {
    ...opened([entry(5, "text", { text: "one" }), entry(6, "text", { text: "two" })]),
    conversation: conversation(7, 6),
  });
  expect(texts()?.slice(4)).toEqual(["one", "two"]);
});

test("what is said while the conversation is on its way is fetched at once", async () => {
  const socket = await greet();
  socket.says({ type: "entry.created", conversation_id: 7, entry: entry(5, "text") });
  await answer(socket, "conversation.current", opened());
  await answer(socket, "conversation.follow", opened([...log, entry(5, "text", { text: "more" })]));
  expect(texts()?.at(-1)).toBe("more");
});

test("a heartbeat finds the last event that was lost", async () => {
  const socket = await talking();
  vi.advanceTimersByTime(25_000);
  expect(socket.lastSent).toMatchObject({ type: "heartbeat", conversations: [7] });
  socket.says({ type: "heartbeat.answered", ref: 0, numbers: { 7: 5 } });
  expect(socket.lastSent).toMatchObject({ type: "conversation.follow", after: 4 });
});

test("when the server says that events may be missing, the numbers are compared at once", async () => {
  const socket = await talking();
  socket.says({ type: "resync" });
  expect(socket.lastSent).toMatchObject({ type: "heartbeat", conversations: [7] });
});

test("a conversation begun in another tab while events were missed is found", async () => {
  const socket = await greet();
  await answer(socket, "conversation.current", none);
  socket.says({ type: "resync" });
  vi.advanceTimersByTime(6_000);
  await answer(socket, "conversation.current", opened());
  expect(session.shown().conversation?.id).toBe(7);
});

test("a server too busy to say which conversation is open is asked again", async () => {
  const socket = await greet();
  await refuse(socket, "conversation.current", "slow_down");
  const asked = () => socket.sent.filter(({ type }) => type === "conversation.current").length;
  expect(asked()).toBe(1);
  vi.advanceTimersByTime(6_000);
  expect(asked()).toBe(2);
  await answer(socket, "conversation.current", opened());
  expect(session.shown().conversation?.id).toBe(7);
});

test("an answer about an older conversation that comes late changes nothing", async () => {
  const socket = await greet();
  socket.says({ type: "conversation.begun", conversation_id: 8 });
  await answer(socket, "conversation.follow", opened(log, 8));
  await answer(socket, "conversation.current", opened());
  expect(session.shown().conversation?.id).toBe(8);
});

test("after a reconnect the log goes on where it was", async () => {
  (await talking()).breaks();
  vi.advanceTimersByTime(1_000);
  const socket = await greet();
  const later = [...log, entry(5, "text", { side: "agent", text: "still there?" })];
  await answer(socket, "conversation.current", opened(later));
  expect(texts()?.slice(3)).toEqual(["hi", "still there?"]);
});

test("a conversation begun in another tab is followed", async () => {
  const socket = await greet();
  await answer(socket, "conversation.current", none);
  socket.says({ type: "conversation.begun", conversation_id: 7 });
  expect(socket.lastSent).toMatchObject({
    type: "conversation.follow",
    conversation_id: 7,
    after: 0,
  });
  await answer(socket, "conversation.follow", opened());
  expect(session.isTalking).toBe(true);
});

test("an ended conversation is still there on the next page, until a new one is begun", async () => {
  const ended = [...log, entry(5, "ended", { side: "agent" })];
  const first = await greet();
  await answer(first, "conversation.current", opened(ended));
  session.close();
  session = openSession(storage, unwelcome);
  const socket = await greet();
  await answer(socket, "conversation.current", none);
  expect(socket.lastSent).toMatchObject({ type: "conversation.follow", conversation_id: 7 });
  await answer(socket, "conversation.follow", opened(ended));
  expect(session.shown().conversation?.state).toBe("ended");
  session.carryOut({ does: "begin" });
  expect(session.shown().conversation).toBeNull();
});

test("a remembered conversation that is no longer to be had is forgotten", async () => {
  storage.setItem("parley:12345678:conversation", "7");
  const socket = await greet();
  await answer(socket, "conversation.current", none);
  await refuse(socket, "conversation.follow", "not_found");
  expect(storage.getItem("parley:12345678:conversation")).toBeNull();
});

test("an end that was lost on its way is asked for again", async () => {
  const first = await talking();
  session.carryOut({ does: "end" });
  expect(first.lastSent).toMatchObject({ type: "conversation.end", conversation_id: 7 });
  first.breaks();
  vi.advanceTimersByTime(1_000);
  const socket = await greet();
  const asked = socket.sent.filter(({ type }) => type === "conversation.end");
  expect(asked).toHaveLength(1);
  await answer(socket, "conversation.end");
  socket.breaks();
  vi.advanceTimersByTime(4_000);
  expect((await greet()).sent.map(({ type }) => type)).not.toContain("conversation.end");
});

test("what has arrived is marked as delivered, what was looked at as read", async () => {
  const socket = await talking();
  expect(session.unread).toBe(1);
  await vi.advanceTimersByTimeAsync(300);
  expect(socket.lastSent).toMatchObject({ type: "conversation.mark", delivered: 4, read: 0 });
  session.carryOut({ does: "read", number: 4 });
  expect(session.unread).toBe(0);
  await vi.advanceTimersByTimeAsync(300);
  expect(socket.lastSent).toMatchObject({ type: "conversation.mark", delivered: 4, read: 4 });
});

test("an offline message is left, and said to have arrived", async () => {
  const socket = await greet();
  const message = { client_id: "m", text: "Green?", name: "Vera", email: "vera@example.com" };
  session.carryOut({ does: "leave", message });
  expect(socket.lastSent).toMatchObject({ type: "offline_message.leave", ...message });
  await answer(socket, "offline_message.leave");
  expect(session.shown()).toMatchObject({ left: ["m"], letters: [] });
});

test("what the website shows changes at once", async () => {
  const socket = await greet();
  socket.says({ type: "availability.changed", availability: "busy" });
  expect(session.availability).toBe("busy");
});

test("a page with a group's icon shows the group, and asks it", async () => {
  session.group = "7";
  const socket = await greet();
  socket.says({ type: "availability.changed", availability: "online", groups: { 7: "busy" } });
  expect(session.availability).toBe("busy");
  socket.says({ type: "availability.changed", availability: "online", groups: { 8: "busy" } });
  expect(session.availability).toBe("online");
  session.carryOut({ does: "say", name: "m", text: "Hello" });
  expect(socket.lastSent).toMatchObject({ type: "conversation.request", group: 7 });
});

test.each(["", "sales", "NaN"])("a group that is none asks everybody: %s", async (group) => {
  session.group = group;
  const socket = await greet();
  session.carryOut({ does: "say", name: "m", text: "Hello" });
  expect(socket.lastSent).toMatchObject({ type: "conversation.request", group: 0 });
});

test("another page is told", async () => {
  const socket = await greet();
  session.viewPage();
  expect(socket.lastSent).toMatchObject({ type: "page.view", page: { url: location.href } });
});
