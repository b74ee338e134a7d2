import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { currentPage, onPageChange, wellFormed } from "./page.ts";

const changed = vi.fn();
const realPush = vi.spyOn(history, "pushState");
onPageChange(changed);

beforeEach(() => {
  vi.useFakeTimers();
  changed.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
});

test("the page is told by its address and title", () => {
  document.title = "Prices";
  expect(currentPage()).toEqual({ url: location.href, title: "Prices" });
});

test("what is too long is cut between characters", () => {
  expect(wellFormed("😀😀😀", 2)).toBe("😀😀");
});

test("halves of characters and nulls, which the server refuses, are left out", () => {
  expect(wellFormed("a\ud83db\0c😀", 10)).toBe("abc😀");
});

test("each move within a page is noticed once, and the site's own call works", () => {
  history.pushState({ its: "own" }, "", "#prices");
  expect(realPush).toHaveBeenCalled();
  expect(history.state).toEqual({ its: "own" });
  vi.advanceTimersByTime(200);
  expect(changed).toHaveBeenCalledOnce();
});

test("a state that keeps the address is no move", () => {
  history.replaceState({}, "", location.href);
  vi.advanceTimersByTime(200);
  expect(changed).not.toHaveBeenCalled();
});

test.each(["popstate", "hashchange"])("going back is noticed by %s", (event) => {
  history.replaceState({}, "", `#${event}`);
  vi.advanceTimersByTime(200);
  changed.mockReset();
  Object.defineProperty(window, "location", {
    value: new URL(`https://x.example/${event}`),
    configurable: true,
  });
  dispatchEvent(new Event(event));
  vi.advanceTimersByTime(200);
  expect(changed).toHaveBeenCalledOnce();
});
