import "../testing/page.ts";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { makeConversation, makeEntry, makeOwn } from "../testing/make.ts";
import { FakeServer } from "../testing/server.ts";

const LOST_FOR = 60_000;
const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

let server: FakeServer;
let isReachable = true;
let toasts: typeof import("../../shared/ui/toasts.ts");
let state: typeof import("../store/state.ts");
let looking: typeof import("./looking.ts");

const words = () => toasts.toasts.value.map((each) => each.words);
const token = () =>
  isReachable
    ? Promise.resolve(Response.json({ token: "t" }))
    : Promise.reject(new TypeError("offline"));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  localStorage.clear();
  isReachable = true;
  server = new FakeServer();
  server.conversations = [makeOwn({ visitor_name: "Vera" })];
  server.entries.set(
    1,
    [1, 2, 3].map((each) => makeEntry(each)),
  );
  vi.stubGlobal("WebSocket", server.WebSocket);
  vi.stubGlobal("fetch", token);
  [toasts, state, looking] = await Promise.all([
    import("../../shared/ui/toasts.ts"),
    import("../store/state.ts"),
    import("./looking.ts"),
  ]);
  const { startSession } = await import("./session.ts");
  startSession({ isReloading: false });
  await wait(20_000);
});

afterEach(async () => {
  const { connection } = await import("./connection.ts");
  connection.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The connection is gone, and back once the server has done this. */
async function loses(meanwhile: () => void): Promise<void> {
  isReachable = false;
  server.socket?.breaks();
  await wait(LOST_FOR);
  meanwhile();
  isReachable = true;
  const { connection } = await import("./connection.ts");
  connection.retry();
  await wait(50);
}

function goesBack(): void {
  server.conversations = [makeConversation({ visitor_name: "Vera", last_number: 4 })];
}

test("who comes back is told what has gone back to the line, and for how long they were gone", async () => {
  looking.isAttended.value = true;
  await loses(goesBack);
  expect(words()).toEqual(["Your connection was gone for 1 min; Vera is back in line."]);
  expect(state.requests.value).toMatchObject([{ id: 1, returned_from: "Bob" }]);
});

test("nobody is told before they look", async () => {
  looking.isAttended.value = false;
  await loses(goesBack);
  expect(words()).toEqual([]);
  looking.isAttended.value = true;
  await wait(0);
  expect(words()).toHaveLength(1);
});

test("what a colleague has taken meanwhile is told, and leaves the list", async () => {
  looking.isAttended.value = true;
  await loses(() => {
    server.conversations = [];
    server.refusals.set("conversation.follow", { code: "not_found", message: "Not there" });
  });
  expect(words()).toEqual(["Your connection was gone for 1 min; Vera is with a colleague now."]);
  expect(state.own.value).toEqual([]);
});

test("what is still one's own, or has ended, is nothing to tell", async () => {
  looking.isAttended.value = true;
  await loses(() => {
    server.conversations = [makeOwn({ state: "ended", visitor_name: "Vera" })];
  });
  expect(words()).toEqual([]);
});
