import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Socket } from "./connection.ts";
import { Dialer } from "./dialer.ts";
import { failure, FakeServer, never, said } from "./serving.ts";
import { Store } from "./store.ts";
import { FakeSocket, fakeStorage } from "./testing.ts";

const URL = "wss://chat.example/live";
const GREETING = "event: session\ndata: abc\n\nid: 1\ndata: {}\n\n";
let server: FakeServer;
let storage: Storage;
let dialer: Dialer;
let heard: string[];
let codes: number[];
let opened: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000_000 });
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  server = new FakeServer();
  storage = fakeStorage();
  dialer = make();
  heard = [];
  codes = [];
  opened = 0;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const make = () => new Dialer(new Store(storage, "p:"));
const turn = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

function dial(by = dialer): Socket {
  const socket = by.dial(URL);
  // Those of other tests may still hear what the page is told.
  const [words, ends] = [heard, codes];
  socket.onopen = () => opened++;
  socket.onmessage = ({ data }) => words.push(data);
  socket.onclose = ({ code }) => ends.push(code);
  return socket;
}

function greet(): void {
  FakeSocket.last.onopen?.();
  FakeSocket.last.says({});
}

test("a WebSocket that works is all there is", async () => {
  dial();
  greet();
  await turn(60_000);
  expect([dialer.transport, opened, heard, server.asked]).toEqual(["websocket", 1, ["{}"], []]);
});

test.each([
  [
    "cannot be opened",
    () => {
      FakeSocket.last.breaks();
    },
  ],
  [
    "dies before it has said a word",
    () => {
      FakeSocket.last.onopen?.();
      FakeSocket.last.breaks();
    },
  ],
])("where a WebSocket %s, a stream is begun at once", async (_, fate) => {
  dial();
  fate();
  await turn();
  server.stream.write(GREETING);
  await turn();
  expect([dialer.transport, heard, codes]).toEqual(["stream", ["{}"], []]);
});

test("where a WebSocket cannot even be made, a stream is begun", async () => {
  vi.stubGlobal("WebSocket", function refuse() {
    throw new DOMException("The policy forbids it");
  });
  dial();
  await turn();
  expect(server.streams).toHaveLength(1);
});

test("a WebSocket that is swallowed is not waited for", async () => {
  dial();
  await turn(4_000);
  expect(FakeSocket.last.isClosed).toBe(true);
  expect(server.streams).toHaveLength(1);
});

test("where the stream is kept back as well, there are polls", async () => {
  server.answers["poll"] = [said(GREETING), never];
  dial();
  FakeSocket.last.breaks();
  await turn(4_100);
  expect([dialer.transport, heard, codes]).toEqual(["poll", ["{}"], []]);
});

test("where nothing gets through it ends, and begins with a WebSocket again", async () => {
  server.answers["stream"] = server.answers["poll"] = [failure];
  dial();
  FakeSocket.last.breaks();
  await turn();
  expect(codes).toEqual([1006]);
  dial();
  expect(FakeSocket.all).toHaveLength(2);
});

async function findStream(): Promise<Socket> {
  const socket = dial();
  FakeSocket.last.breaks();
  await turn();
  server.stream.write(GREETING);
  await turn();
  return socket;
}

test("the tab knows what works, on its next page too, until ten minutes are over", async () => {
  (await findStream()).close();
  dial(make()).close();
  expect(FakeSocket.all).toHaveLength(1);
  vi.setSystemTime(10_600_000);
  dial(make());
  expect(FakeSocket.all).toHaveLength(2);
});

test("on another network a WebSocket is tried again", async () => {
  (await findStream()).close();
  window.dispatchEvent(new Event("online"));
  dial();
  expect(FakeSocket.all).toHaveLength(2);
});

test("WebSockets that die soon after their first word, twice in a row, are given up", async () => {
  for (const streams of [0, 0, 1]) {
    dial();
    if (!streams) greet();
    if (!streams) FakeSocket.last.breaks();
    await turn();
    expect(server.streams).toHaveLength(streams);
  }
  expect(codes).toEqual([1006, 1006]);
});

test("once in a while is no reason", async () => {
  dial();
  greet();
  FakeSocket.last.breaks();
  dial();
  greet();
  await turn(10_000);
  FakeSocket.last.breaks();
  dial();
  greet();
  FakeSocket.last.breaks();
  dial();
  expect(FakeSocket.all).toHaveLength(4);
});

test("streams that are cut again and again lead to polls", async () => {
  server.answers["poll"] = [never];
  const first = await findStream();
  for (let time = 0; time < 4; time++) {
    server.stream.end();
    await turn(3_000);
  }
  expect(codes).toEqual([3000]);
  first.close();
  dial();
  await turn();
  expect(server.of("poll")).toHaveLength(1);
});

test("one that opens and never says a word is not tried next time", async () => {
  const socket = dial();
  FakeSocket.last.onopen?.();
  await turn(10_000);
  socket.close();
  dial();
  await turn();
  expect([FakeSocket.all.length, server.streams.length]).toEqual([1, 1]);
});

test("who leaves early has found out nothing", async () => {
  const socket = dial();
  await turn(1_000);
  socket.close();
  await turn(10_000);
  dial();
  expect(FakeSocket.all).toHaveLength(2);
  expect(server.streams).toHaveLength(0);
});

test("a session's own end is told, and nothing else is tried", async () => {
  dial();
  FakeSocket.last.onopen?.();
  FakeSocket.last.breaks(4001);
  await turn();
  expect([codes, server.asked]).toEqual([[4001], []]);
});

test("when nobody looks, and what works was found out long ago, it asks to be dialled anew", async () => {
  await findStream();
  const look = (state: "hidden" | "visible") => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  look("hidden");
  vi.setSystemTime(10_600_000);
  look("visible");
  expect(codes).toEqual([]);
  look("hidden");
  expect(codes).toEqual([1012]);
  dial();
  expect(FakeSocket.all).toHaveLength(2);
  greet();
  look("hidden");
  expect(codes).toEqual([1012]);
  vi.restoreAllMocks();
});
