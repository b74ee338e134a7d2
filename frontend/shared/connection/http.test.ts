import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { HttpSocket, STREAMS_CUT } from "./http.ts";
import { failure, FakeServer, never, refusal, said } from "./serving.ts";

const URL = "wss://chat.example/live/c/12345678/visitor";
let server: FakeServer;
let socket: HttpSocket;
let heard: string[];
let codes: number[];
const opened = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  opened.mockReset();
  server = new FakeServer();
  heard = [];
  codes = [];
});

afterEach(() => {
  socket.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function dial(down: "stream" | "poll"): void {
  socket = new HttpSocket(URL, down);
  socket.onopen = opened;
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onclose = ({ code }) => codes.push(code);
}

const turn = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

async function stream(): Promise<void> {
  dial("stream");
  await turn();
  server.stream.write(":  \n\nevent: session\ndata: abc\n\n");
  await turn();
}

test("a stream opens it, and brings frames", async () => {
  await stream();
  expect(opened).toHaveBeenCalledOnce();
  server.stream.write("id: 1\ndata: one\n\nid: 2\ndata: two\n\n");
  await turn();
  expect(heard).toEqual(["one", "two"]);
});

test("a stream that was cut is asked for from the last number, and nothing comes twice", async () => {
  await stream();
  server.stream.write("id: 1\ndata: one\n\nid: 2\nda");
  await turn();
  server.stream.cut();
  await turn(1_000);
  expect(server.of("stream")).toEqual([
    { session: "", heard: 0 },
    { session: "abc", heard: 1 },
  ]);
  server.stream.write("id: 1\ndata: one\n\nid: 2\ndata: two\n\n");
  await turn();
  expect(heard).toEqual(["one", "two"]);
  expect(opened).toHaveBeenCalledOnce();
});

test("a stream that has lived goes on in the next one at once", async () => {
  await stream();
  await turn(30_000);
  server.stream.end();
  await turn();
  expect(server.streams).toHaveLength(2);
  expect(codes).toEqual([]);
});

test("streams that are cut again and again are given up", async () => {
  await stream();
  for (let time = 0; time < 4; time++) {
    server.stream.end();
    await turn(3_000);
  }
  expect(codes).toEqual([STREAMS_CUT]);
});

test("a stream whose first byte does not come is given up", async () => {
  dial("stream");
  await turn(3_999);
  expect(codes).toEqual([]);
  await turn(1);
  expect(codes).toEqual([1006]);
});

test("a silent stream is asked for again", async () => {
  await stream();
  await turn(36_000);
  expect(server.streams).toHaveLength(2);
});

test("a ping is answered by what has been heard", async () => {
  await stream();
  server.stream.write("id: 1\ndata: one\n\nevent: ping\ndata:\n\n");
  await turn();
  expect(server.of("frames")).toEqual([{ session: "abc", heard: 1, number: 1, frames: [] }]);
});

test("frames go up numbered, in one request after another", async () => {
  await stream();
  socket.send("1");
  socket.send("2");
  socket.send("3");
  await turn();
  expect(server.of("frames")).toEqual([
    { session: "abc", heard: 0, number: 1, frames: [1] },
    { session: "abc", heard: 0, number: 2, frames: [2, 3] },
  ]);
});

test("what did not get through is sent again under its number", async () => {
  server.answers["frames"] = [failure, refusal(503), refusal(204)];
  server.answers["frames"][2] = () => new Response(null, { status: 204 });
  await stream();
  socket.send("1");
  await turn(5_000);
  socket.send("2");
  await turn();
  expect(server.of("frames").map(({ number, frames }) => [number, frames])).toEqual([
    [1, [1]],
    [1, [1]],
    [1, [1]],
    [2, [2]],
  ]);
  expect(codes).toEqual([]);
});

test.each([
  [refusal(410, "4001"), 4001],
  [refusal(410), 1006],
  [refusal(409), 1006],
])("a session that is gone ends it with the code it closed with", async (answer, code) => {
  server.answers["frames"] = [answer];
  await stream();
  socket.send("1");
  await turn();
  expect(codes).toEqual([code]);
});

test("a long frame goes alone", async () => {
  await stream();
  socket.send("1");
  socket.send(`"${"x".repeat(60_000)}"`);
  socket.send(`"${"y".repeat(60_000)}"`);
  await turn();
  expect(server.of("frames").map(({ number }) => number)).toEqual([1, 2, 3]);
});

test("the server's close comes after its last words", async () => {
  await stream();
  server.stream.write("id: 1\ndata: last\n\nevent: close\ndata: 4001\n\n");
  await turn();
  expect([heard, codes]).toEqual([["last"], [4001]]);
});

test("it says good-bye, and nothing any more", async () => {
  await stream();
  socket.close();
  socket.send("1");
  await turn(60_000);
  expect(server.of("close")).toEqual([{ session: "abc" }]);
  expect(server.of("frames")).toEqual([]);
  expect(codes).toEqual([]);
});

test("polls bring frames, one poll after another", async () => {
  server.answers["poll"] = [
    said("event: session\ndata: abc\n\n"),
    said("id: 1\ndata: one\n\n"),
    said("id: 2\ndata: two\n\n"),
    never,
  ];
  dial("poll");
  await turn();
  expect(heard).toEqual(["one", "two"]);
  expect(server.of("poll").map((body) => body["heard"])).toEqual([0, 0, 1, 2]);
});

test("polls that end at once with nothing do not make a storm", async () => {
  server.answers["poll"] = [said("event: session\ndata: abc\n\n"), said("")];
  dial("poll");
  await turn(60_000);
  expect(server.of("poll").length).toBe(5);
  expect(codes).toEqual([1006]);
});

test("a poll that was cut is made again", async () => {
  server.answers["poll"] = [
    said("event: session\ndata: abc\n\n"),
    failure,
    refusal(502),
    said("id: 1\ndata: one\n\n"),
    never,
  ];
  dial("poll");
  await turn(2_000);
  expect(heard).toEqual(["one"]);
});

test("where not even the first request gets through, it ends at once", async () => {
  server.answers["poll"] = [failure];
  dial("poll");
  await turn();
  expect(codes).toEqual([1006]);
});
