import "../testing/page.ts";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { BOB } from "../testing/make.ts";
import { FakeServer } from "../testing/server.ts";

let server: FakeServer;
let state: typeof import("../store/state.ts");
const notes = () => server.asked.filter((each) => each.type === "activity.note");
const press = () => dispatchEvent(new KeyboardEvent("keydown"));
const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

async function open(): Promise<void> {
  const { startActivity } = await import("./activity.ts");
  const { startSession } = await import("./session.ts");
  state = await import("../store/state.ts");
  startActivity();
  startSession({ isReloading: false });
  await wait(10);
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  localStorage.clear();
  server = new FakeServer();
  vi.stubGlobal("WebSocket", server.WebSocket);
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "t" })));
  await open();
});

afterEach(async () => {
  const { connection } = await import("./connection.ts");
  connection.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("nobody there, nothing noted", async () => {
  await wait(60_000);
  expect(notes()).toEqual([]);
});

test("the first sign is noted at once, the others every 20 seconds at most", async () => {
  for (let second = 0; second < 59; second++) {
    press();
    dispatchEvent(new Event("pointermove"));
    await wait(1_000);
  }
  expect(notes()).toHaveLength(3);
});

test("the last sign is noted too, with its age", async () => {
  press();
  await wait(5_000);
  press();
  await wait(60_000);
  expect(notes()).toMatchObject([{ seconds_ago: 0 }, { seconds_ago: 15 }]);
});

test("what another tab has noted is not noted again", async () => {
  const key = "parley:10000001:2:active-told";
  press();
  await wait(5_000);
  press();
  localStorage.setItem(key, String(Date.now() + 1));
  await wait(60_000);
  expect(notes()).toHaveLength(1);
});

test("who is away for want of activity is told of at once", async () => {
  press();
  await wait(2_000);
  server.says({ type: "agent.changed", agent: { ...BOB, status: "away", reason: "idle" } });
  expect(state.isIdle.value).toBe(true);
  press();
  press();
  await wait(10);
  expect(notes()).toMatchObject([{ seconds_ago: 0 }, { seconds_ago: 0 }]);
});

test("after a lost connection the server hears of it again", async () => {
  press();
  await wait(10);
  server.socket?.breaks();
  await wait(5_000);
  expect(notes()).toHaveLength(2);
  expect(notes()[1]?.seconds_ago).toBeGreaterThan(0);
});
