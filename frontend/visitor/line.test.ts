import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { GREETING } from "../loader/contract.ts";
import { FakeServer, never, said } from "../shared/connection/serving.ts";
import { FakeSocket, fakeStorage } from "../shared/connection/testing.ts";

type Listening = Parameters<Window["addEventListener"]>;
let listening: Listening[];
let heard: unknown[];
let port: MessagePort;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("sessionStorage", fakeStorage());
  document.documentElement.dataset["path"] = "/live/c/12345678/visitor";
  FakeSocket.all = [];
  heard = [];
  listening = [];
  const listen = window.addEventListener.bind(window);
  vi.spyOn(window, "addEventListener").mockImplementation((...given: Listening) => {
    listening.push(given);
    listen(...given);
  });
  location.hash = "";
});

afterEach(() => {
  dispatchEvent(new Event("pagehide"));
  port.close();
  listening.forEach(([name, listener]) => {
    window.removeEventListener(name, listener);
  });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The website's loader hands over its port. */
async function lay(): Promise<void> {
  await import("./line.ts");
  const { port1, port2 } = new MessageChannel();
  port = port1;
  port.onmessage = ({ data }) => heard.push(data);
  const greeting = new MessageEvent("message", { data: GREETING, source: window.parent });
  Object.defineProperty(greeting, "ports", { value: [port2] });
  dispatchEvent(greeting);
  await arrived();
}

test("it says that it is there, and passes frames on", async () => {
  await lay();
  expect(heard).toEqual([""]);
  FakeSocket.last.onopen?.();
  FakeSocket.last.says({ type: "resync" });
  port.postMessage('{"type":"session.open"}');
  port.postMessage('{"type":"heartbeat"}');
  await arrived();
  expect(heard).toEqual(["", "", '{"type":"resync"}']);
  expect(FakeSocket.last.sent).toEqual([{ type: "heartbeat" }]);
  FakeSocket.last.breaks(4001);
  await arrived();
  expect(heard.pop()).toBe(4001);
});

test("a loader that is slow to answer opens its session once", async () => {
  await lay();
  FakeSocket.last.onopen?.();
  await arrived();
  heard.forEach((said, times) => {
    if (said === "") port.postMessage(`{"type":"session.open","ref":${String(times + 1)}}`);
  });
  await arrived();
  expect(FakeSocket.last.sent).toEqual([{ type: "session.open", ref: 2 }]);
});

test("what it has found out it asks the loader to keep, once", async () => {
  const server = new FakeServer();
  await lay();
  FakeSocket.last.breaks();
  await arrived();
  server.stream.write("event: session\ndata: abc\n\nid: 1\ndata: {}\n\nid: 2\ndata: {}\n\n");
  await arrived();
  expect(heard).toEqual(["", "", "{}", expect.stringMatching(/^stream:\d+$/), "{}"]);
});

test("what the loader has kept it goes by", async () => {
  const server = new FakeServer();
  server.answers["poll"] = [said("event: session\ndata: abc\n\n"), never];
  location.hash = `#poll:${String(Date.now() + 60_000)}`;
  await lay();
  expect(FakeSocket.all).toEqual([]);
  expect(server.of("poll")).toHaveLength(2);
});
