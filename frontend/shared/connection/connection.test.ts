import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { VisitorCommand, VisitorEvent } from "../protocol.ts";
import { Connection, type ConnectionState } from "./connection.ts";
import { Lost, Refusal } from "./errors.ts";
import { FakeSocket, settled } from "./testing.ts";

const page = { url: "https://shop.example/" };
const greeting = {
  type: "session.opened",
  ref: 1,
  version: "1",
  token: "t",
  visitor: "v",
  availability: "online",
};
const opening = vi.fn(() => ({ type: "session.open", token: "mine", page }) as const);
const refused = vi.fn(() => true);
let heard: VisitorEvent[];
let states: ConnectionState[];
let measured: number[];
let connection: Connection<VisitorCommand, VisitorEvent>;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
  heard = [];
  states = [];
  measured = [];
  connection = new Connection<VisitorCommand, VisitorEvent>({
    url: () => "ws://host/live",
    opening,
    heard: (event) => heard.push(event),
    changed: (state) => states.push(state),
    following: () => [7],
    measured: (roundTrip) => measured.push(roundTrip),
    refused,
  });
});

afterEach(() => {
  connection.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function connect(): Promise<FakeSocket> {
  connection.open();
  return greet();
}

async function greet(): Promise<FakeSocket> {
  await settled();
  FakeSocket.last.onopen?.();
  FakeSocket.last.says(greeting);
  return FakeSocket.last;
}

test("the first frame is the opening, and the greeting opens it", async () => {
  const socket = await connect();
  expect(socket.url).toBe("ws://host/live");
  expect(socket.sent).toEqual([{ type: "session.open", token: "mine", page, ref: 1 }]);
  expect(states.map(({ phase }) => phase)).toEqual(["connecting", "open"]);
  expect(heard).toEqual([greeting]);
});

test("a command is answered under its own number", async () => {
  const socket = await connect();
  const first = connection.ask({ type: "conversation.current" });
  const second = connection.ask({ type: "conversation.end", conversation_id: 7 });
  socket.says({ type: "ack", ref: 3 });
  socket.says({ type: "ack", ref: 2, result: { kind: "none" } });
  await expect(first).resolves.toEqual({ kind: "none" });
  await expect(second).resolves.toBeNull();
});

test("each heartbeat measures the way there and back", async () => {
  const socket = await connect();
  connection.check();
  vi.advanceTimersByTime(40);
  socket.says({ type: "heartbeat.answered", ref: 2, numbers: {} });
  expect(measured).toEqual([40]);
});

test("an answer to an earlier heartbeat measures nothing", async () => {
  const socket = await connect();
  connection.check();
  vi.advanceTimersByTime(40);
  connection.check();
  socket.says({ type: "heartbeat.answered", ref: 2, numbers: {} });
  expect(measured).toEqual([]);
});

test("a refusal says why", async () => {
  const socket = await connect();
  const asked = connection.ask({ type: "conversation.current" });
  const frame = { code: "slow_down", message: "Wait.", field: "text", retry_after: 2 };
  socket.says({ type: "refused", ref: 2, ...frame });
  const refusal: unknown = await asked.catch((trouble: unknown) => trouble);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({
    code: "slow_down",
    message: "Wait.",
    field: "text",
    retryAfter: 2,
  });
});

test("what is unanswered when the socket breaks is lost", async () => {
  const socket = await connect();
  const asked = connection.ask({ type: "conversation.current" });
  socket.breaks();
  await expect(asked).rejects.toBeInstanceOf(Lost);
  await expect(connection.ask({ type: "conversation.current" })).rejects.toBeInstanceOf(Lost);
});

test("pauses grow to half a minute, and each attempt is counted", async () => {
  connection.open();
  const pauses = [];
  for (let attempt = 1; attempt <= 9; attempt++) {
    await settled();
    FakeSocket.last.breaks();
    expect(connection.state).toMatchObject({ phase: "waiting", attempt });
    pauses.push(connection.state.retryAt - Date.now());
    vi.advanceTimersByTime(connection.state.retryAt - Date.now());
  }
  expect(pauses).toEqual([1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("after a steady session the pauses begin anew; after a short one they go on", async () => {
  const steady = await connect();
  vi.advanceTimersByTime(10_000);
  steady.breaks();
  expect(connection.state.attempt).toBe(1);
  connection.retry();
  (await greet()).breaks();
  expect(connection.state.attempt).toBe(2);
});

test("try now ends the pause", async () => {
  (await connect()).breaks();
  connection.retry();
  await settled();
  expect(FakeSocket.all).toHaveLength(2);
  vi.advanceTimersByTime(5_000);
  expect(FakeSocket.all).toHaveLength(2);
});

test.each(["online", "visibilitychange"])("%s ends the pause", async (event) => {
  (await connect()).breaks();
  (event === "online" ? window : document).dispatchEvent(new Event(event));
  await settled();
  expect(FakeSocket.all).toHaveLength(2);
});

test("a heartbeat carries the conversations that are followed", async () => {
  const socket = await connect();
  vi.advanceTimersByTime(25_000);
  expect(socket.lastSent).toEqual({ type: "heartbeat", conversations: [7], ref: 2 });
  socket.says({ type: "heartbeat.answered", ref: 2, numbers: { 7: 3 } });
  vi.advanceTimersByTime(24_999);
  expect(socket.sent).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(socket.lastSent["ref"]).toBe(3);
});

test("an unanswered heartbeat means a dead socket", async () => {
  const socket = await connect();
  vi.advanceTimersByTime(25_000 + 9_999);
  expect(socket.isClosed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(socket.isClosed).toBe(true);
  expect(connection.state.phase).toBe("waiting");
});

test("a socket that never greets is given up", async () => {
  connection.open();
  await settled();
  vi.advanceTimersByTime(10_000);
  expect(connection.state).toMatchObject({ phase: "waiting", attempt: 1 });
});

test("an ended session is not opened again", async () => {
  (await connect()).breaks(4001);
  vi.advanceTimersByTime(100_000);
  window.dispatchEvent(new Event("online"));
  await settled();
  expect(connection.state.phase).toBe("ended");
  expect(FakeSocket.all).toHaveLength(1);
});

test("who is told to go to another process goes at once, and pauses if nobody is there", async () => {
  (await connect()).breaks(1012);
  await settled();
  expect(connection.state).toMatchObject({ phase: "connecting", attempt: 0 });
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.last.breaks(1006);
  expect(connection.state.phase).toBe("waiting");
});

test("a refused opening is tried again after the pause the server asks for", async () => {
  connection.open();
  await settled();
  FakeSocket.last.says({
    type: "refused",
    ref: 1,
    code: "slow_down",
    message: "Wait.",
    retry_after: 9,
  });
  expect(connection.state.retryAt - Date.now()).toBe(9_000);
});

test("a refusal that says never ends it", async () => {
  refused.mockReturnValueOnce(false);
  connection.open();
  await settled();
  FakeSocket.last.says({ type: "refused", ref: 1, code: "origin_not_allowed", message: "No." });
  expect(connection.state.phase).toBe("ended");
});

test("an opening that can't be made counts as a failed attempt", async () => {
  opening.mockImplementationOnce(() => {
    throw new Error("The token could not be fetched");
  });
  connection.open();
  await settled();
  expect(connection.state).toMatchObject({ phase: "waiting", attempt: 1 });
  connection.retry();
  await greet();
  expect(connection.state.phase).toBe("open");
});

test("a socket that was left says nothing any more", async () => {
  const old = await connect();
  connection.close();
  await connect();
  old.says({ type: "resync" });
  expect(heard).not.toContainEqual({ type: "resync" });
});

/** Nothing runs, and time goes on: a laptop that sleeps, a tab that the browser froze or kept for later. */
const sleep = (milliseconds: number) => {
  vi.setSystemTime(Date.now() + milliseconds);
};

test("who has slept asks at once whether the socket still lives", async () => {
  const socket = await connect();
  vi.advanceTimersByTime(6_000);
  sleep(600_000);
  vi.advanceTimersByTime(5_000);
  expect(socket.lastSent).toMatchObject({ type: "heartbeat" });
  vi.advanceTimersByTime(10_000);
  expect(socket.isClosed).toBe(true);
});

test("who has slept while waiting tries again at once", async () => {
  connection.open();
  for (let attempt = 1; attempt <= 6; attempt++) {
    await settled();
    FakeSocket.last.breaks();
    if (attempt < 6) vi.advanceTimersByTime(connection.state.retryAt - Date.now());
  }
  sleep(600_000);
  vi.advanceTimersByTime(5_000);
  await settled();
  expect(FakeSocket.all).toHaveLength(7);
});

test("who has slept unseen asks when the page is looked at again", async () => {
  const socket = await connect();
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  sleep(600_000);
  vi.advanceTimersByTime(5_000);
  expect(socket.sent).toHaveLength(1);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(socket.lastSent).toMatchObject({ type: "heartbeat" });
});

test("a wide-awake machine asks no more than it must", async () => {
  const socket = await connect();
  vi.advanceTimersByTime(24_999);
  expect(socket.sent).toHaveLength(1);
});

test.each([3_600_000, -3_600_000])(
  "a clock that is moved by %d ms costs no connection",
  async (by) => {
    const socket = await connect();
    vi.advanceTimersByTime(11_000);
    sleep(by);
    for (let time = 0; time < 60; time++) {
      vi.advanceTimersByTime(1_000);
      if (socket.lastSent["type"] === "heartbeat")
        socket.says({ type: "heartbeat.answered", ref: socket.lastSent["ref"], numbers: {} });
    }
    expect(connection.state.phase).toBe("open");
    // Steady by what has passed, not by what the clock says.
    socket.breaks();
    expect(connection.state.attempt).toBe(1);
  },
);
