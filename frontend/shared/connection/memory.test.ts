import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Memory } from "./memory.ts";
import { Store } from "./store.ts";
import { fakeStorage } from "./testing.ts";

let storage: Storage;
const memory = () => new Memory(new Store(storage, "p:"));

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000_000 });
  storage = fakeStorage();
});
afterEach(() => {
  vi.useRealTimers();
});

test("at first a WebSocket is tried", () => {
  expect(memory().get()).toBe("websocket");
});

test("what works is known on the next page, and for ten minutes", () => {
  memory().set("poll");
  vi.setSystemTime(10_599_999);
  expect(memory().get()).toBe("poll");
  vi.setSystemTime(10_600_000);
  expect(memory().get()).toBe("websocket");
});

test("found out again, it holds no longer", () => {
  memory().set("stream");
  vi.setSystemTime(10_300_000);
  memory().set("stream");
  vi.setSystemTime(10_600_000);
  expect(memory().get()).toBe("websocket");
});

test("a clock that was set back an hour makes nothing last longer", () => {
  memory().set("stream");
  vi.setSystemTime(10_000_000 - 3_600_000);
  expect(memory().get()).toBe("websocket");
});

test.each(["", "nonsense", "1", "poll", "poll:soon", "pigeon:10300000"])(
  "what others left there is no matter: %s",
  (left) => {
    storage.setItem("p:transport", left);
    expect(memory().get()).toBe("websocket");
  },
);

test("it can be kept elsewhere", () => {
  memory().set("poll");
  const { note } = memory();
  storage = fakeStorage();
  memory().note = note;
  expect(memory().get()).toBe("poll");
});
