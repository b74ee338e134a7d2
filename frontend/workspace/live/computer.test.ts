import "../testing/page.ts";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

const touch = vi.fn();
vi.mock("./activity.ts", () => ({ touch }));

class FakeDetector extends EventTarget {
  static last: FakeDetector;
  static requestPermission = vi.fn(() => Promise.resolve("granted"));
  userState: string | null = null;
  screenState: string | null = "unlocked";
  start = vi.fn(() => Promise.resolve());

  constructor() {
    super();
    FakeDetector.last = this;
  }

  becomes(user: string, screen = "unlocked"): void {
    [this.userState, this.screenState] = [user, screen];
    this.dispatchEvent(new Event("change"));
  }
}

let computer: typeof import("./computer.ts");
const query = vi.fn(() => Promise.resolve({ state: "prompt" }));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  touch.mockClear();
  FakeDetector.requestPermission.mockClear();
  vi.stubGlobal("IdleDetector", FakeDetector);
  vi.stubGlobal("navigator", { permissions: { query } });
  computer = await import("./computer.ts");
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a browser that cannot watch shows no trace of it", async () => {
  vi.stubGlobal("IdleDetector", undefined);
  await computer.startComputer();
  expect(computer.watch.value).toBe("absent");
});

test("nobody is asked until the button is pressed", async () => {
  await computer.startComputer();
  expect(computer.watch.value).toBe("off");
  expect(FakeDetector.requestPermission).not.toHaveBeenCalled();
  await computer.askForComputer();
  expect(computer.watch.value).toBe("on");
});

test("what was allowed before goes on, what was refused is said", async () => {
  query.mockResolvedValueOnce({ state: "granted" });
  await computer.startComputer();
  expect(computer.watch.value).toBe("on");
  query.mockResolvedValueOnce({ state: "denied" });
  await computer.startComputer();
  expect(computer.watch.value).toBe("denied");
});

test("while somebody uses the computer, it counts again and again; not when locked or idle", async () => {
  await computer.askForComputer();
  FakeDetector.last.becomes("active");
  vi.advanceTimersByTime(60_000);
  expect(touch).toHaveBeenCalledTimes(4);
  FakeDetector.last.becomes("idle");
  vi.advanceTimersByTime(60_000);
  FakeDetector.last.becomes("active", "locked");
  vi.advanceTimersByTime(60_000);
  expect(touch).toHaveBeenCalledTimes(4);
});
