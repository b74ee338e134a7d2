import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { say, toasts } from "./toasts.ts";
import { Toasts } from "./Toasts.tsx";

const shown = () => [...document.querySelectorAll(".toast")].map((each) => each.textContent);

beforeEach(() => {
  vi.useFakeTimers();
  toasts.value = [];
  render(<Toasts />, document.body);
});

afterEach(() => {
  vi.useRealTimers();
});

test("what is said appears, and goes by itself", async () => {
  await act(() => {
    say("Saved");
    say("No connection", { kind: "bad" });
  });
  expect(shown()).toEqual(["Saved", "No connection"]);
  expect(document.querySelector(".toast--bad")?.textContent).toBe("No connection");
  await act(async () => {
    await vi.advanceTimersByTimeAsync(6_000);
  });
  expect(shown()).toEqual([]);
});

test("what can be undone is undone once", async () => {
  const act_ = vi.fn();
  await act(() => {
    say("Ended", { deed: { word: "Undo", act: act_ } });
  });
  await act(() => {
    document.querySelector<HTMLButtonElement>(".toast button")!.click();
  });
  expect(act_).toHaveBeenCalledOnce();
  expect(shown()).toEqual([]);
});
