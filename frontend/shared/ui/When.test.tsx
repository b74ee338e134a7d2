import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { now, startClock } from "./now.ts";
import { When } from "./When.tsx";

const time = () => document.querySelector("time")!;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  now.value = new Date();
});

afterEach(() => {
  vi.useRealTimers();
});

test("the words follow the clock and the exact time stands on hover", async () => {
  startClock();
  const reader = { language: "en", timeZone: "UTC" };
  render(<When at={new Date("2026-03-01T12:00:00Z")} reader={reader} />, document.body);
  expect(time().textContent).toBe("now");
  await act(async () => {
    await vi.advanceTimersByTimeAsync(120_000);
  });
  expect(time().textContent).toBe("2 min. ago");
  expect(time().title).toContain("12:00:00");
});
