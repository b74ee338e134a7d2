import "../testing/page.ts";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer } from "../testing/server.ts";

let server: FakeServer;
let measured: typeof import("./quality.ts");

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  server = new FakeServer();
  vi.stubGlobal("WebSocket", server.WebSocket);
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ token: "t" })));
  measured = await import("./quality.ts");
  const { startSession } = await import("./session.ts");
  const { startClock } = await import("../../shared/ui/now.ts");
  startClock();
  measured.startMeasuring();
  startSession({ isReloading: false });
});

afterEach(async () => {
  const { connection } = await import("./connection.ts");
  connection.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([
  [0, "excellent"],
  [99, "excellent"],
  [100, "fair"],
  [299, "fair"],
  [300, "poor"],
])("%i ms is %s", (milliseconds, quality) => {
  expect(measured.qualityOf(milliseconds)).toBe(quality);
});

test("one slow answer alone says little", () => {
  expect(measured.smoothed(null, 40)).toBe(40);
  expect(measured.qualityOf(measured.smoothed(40, 180))).toBe("excellent");
});

test("a connection that has opened is measured three times, then with each heartbeat", async () => {
  await vi.advanceTimersByTimeAsync(5_000);
  expect(server.count("heartbeat")).toBe(3);
  expect(measured.quality.value).toBe("excellent");
  await vi.advanceTimersByTimeAsync(25_000);
  expect(server.count("heartbeat")).toBe(4);
});

test("without a connection it is disconnected, and shaky for a minute afterwards", async () => {
  await vi.advanceTimersByTimeAsync(5_000);
  server.socket?.breaks();
  expect(measured.quality.value).toBe("disconnected");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(measured.quality.value).toBe("poor");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(measured.quality.value).toBe("excellent");
});
