import "../workspace/testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeServer } from "../workspace/testing/server.ts";
import { Check } from "./Check.tsx";
import { clockFinding } from "./clock.ts";
import { findings } from "./findings.ts";
import { run } from "./run.ts";
import { checkStorage } from "./storage.ts";
import { middle, qualityFinding, wayFinding } from "./ways.ts";
import { checkZone } from "./zone.ts";

const NOW = Date.UTC(2026, 10, 22, 14, 0, 0, 500);
const line = (name: string) =>
  [...document.querySelectorAll(".check-line")].find(
    (each) => each.querySelector("h2")?.textContent === name,
  );
const button = (words: string) =>
  [...document.querySelectorAll("button")].find((each) => each.textContent === words);
const summary = () => document.querySelector(".check-summary")?.textContent;

/** Requests get a token; those that carry a socket's frames fail. */
function answer(url: string): Promise<Response> {
  if (!url.endsWith("socket-token/")) return Promise.reject(new TypeError("cut"));
  const headers = { date: new Date(NOW).toUTCString() };
  return Promise.resolve(Response.json({ token: "t" }, { headers }));
}

async function runAll(): Promise<void> {
  await act(async () => {
    void run();
    await vi.advanceTimersByTimeAsync(60_000);
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.stubGlobal("WebSocket", new FakeServer().WebSocket);
  vi.stubGlobal("fetch", answer);
  findings.value = {};
  render(null, document.body);
  render(<Check />, document.body);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("each way is tried by itself, and what fails says what to do", async () => {
  expect(summary()).toBe("Checking …");
  await runAll();
  expect(line("WebSocket")?.textContent).toContain("Works: Works, 1 ms");
  expect(line("Streaming over HTTP")?.textContent).toContain(
    "Needs a look: Answers were held back",
  );
  expect(line("Long polling")?.className).toContain("check-line--care");
  expect(line("Quality")?.textContent).toContain("Excellent");
  expect(line("Clock")?.textContent).toContain("In step with the server");
  expect(summary()).not.toBe("Checking …");
});

test("where nothing gets through it says disconnected", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("cut")));
  await runAll();
  expect(line("Long polling")?.className).toContain("check-line--bad");
  expect(line("Quality")?.textContent).toContain("Does not work: Disconnected");
  expect(line("Clock")?.textContent).toContain("did not come through");
});

test("a way in reserve that fails is no failure", () => {
  expect(wayFinding("poll", null, true).verdict).toBe("care");
  expect(wayFinding("poll", null, false).verdict).toBe("bad");
  expect(wayFinding("websocket", 24.4, false).result).toBe("Works, 24 ms");
});

test("the quality is that of the best way there is, in the middle of its answers", () => {
  expect(middle([900, 20, 30, 25, 40])).toBe(30);
  expect(qualityFinding({ websocket: null, stream: 180, poll: 500 }).result).toBe("Fair, 180 ms");
  expect(qualityFinding({ websocket: null, stream: null, poll: 500 }).verdict).toBe("care");
});

test.each([
  [400, "good", "In step with the server"],
  [3_600_000, "care", "1 hr ahead of the server"],
  [-120_000, "care", "2 min behind the server"],
])("a clock that is %d ms ahead", (ahead, verdict, result) => {
  expect(clockFinding(ahead)).toMatchObject({ verdict, result });
});

test("storage that is forbidden or full is told apart", () => {
  expect(checkStorage().verdict).toBe("good");
  storageThrows("SecurityError");
  expect(checkStorage()).toMatchObject({ verdict: "bad", result: "Blocked" });
  storageThrows("QuotaExceededError");
  expect(checkStorage()).toMatchObject({ verdict: "care", result: "Full" });
});

function storageThrows(name: string): void {
  const setItem = () => {
    throw new DOMException("no", name);
  };
  vi.stubGlobal("localStorage", { setItem, removeItem: () => undefined });
}

test("another time zone is said, not complained about", () => {
  vi.useRealTimers();
  const options = new Intl.DateTimeFormat().resolvedOptions();
  const zone = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  zone.mockReturnValue({ ...options, timeZone: "Asia/Shanghai" });
  expect(checkZone().verdict).toBe("good");
  expect(checkZone().result).toBe("UTC; your browser is in Asia/Shanghai");
});

class FakeAudio {
  static state = "running";
  state = FakeAudio.state;
  currentTime = 0;
  destination = {};
  resume = () => Promise.resolve();
  close = () => Promise.resolve();
  createOscillator = () => ({
    frequency: { value: 0 },
    connect: () => ({ connect: () => undefined }),
    start: () => undefined,
    stop: () => undefined,
  });
  createGain = () => ({
    gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined },
  });
}

async function press(words: string): Promise<void> {
  await act(async () => {
    button(words)?.click();
    await vi.advanceTimersByTimeAsync(2_000);
  });
}

test("whether a tone was heard is asked, and silence gets advice", async () => {
  vi.stubGlobal("AudioContext", FakeAudio);
  await runAll();
  await press("Play a tone");
  expect(line("Sound")?.textContent).toContain("Did you hear it?");
  await press("No");
  expect(line("Sound")?.textContent).toContain("Look at the volume");
  await press("Yes");
  expect(line("Sound")?.textContent).toContain("You heard it");
});

test("a browser that lets no tone play says so", async () => {
  vi.stubGlobal("AudioContext", FakeAudio);
  FakeAudio.state = "suspended";
  await runAll();
  await press("Play a tone");
  expect(line("Sound")?.textContent).toContain("did not let the tone play");
});

test("notifications are asked for only by the button", async () => {
  const shown = vi.fn(function () {});
  const FakeNotification = Object.assign(shown, {
    permission: "default",
    requestPermission: vi.fn(() => {
      FakeNotification.permission = "granted";
      return Promise.resolve("granted");
    }),
  });
  vi.stubGlobal("Notification", FakeNotification);
  await runAll();
  expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
  await press("Allow notifications");
  expect(line("Notifications")?.textContent).toContain("Allowed");
  await press("Send a test");
  expect(shown).toHaveBeenCalledWith("Parley", expect.anything());
});
