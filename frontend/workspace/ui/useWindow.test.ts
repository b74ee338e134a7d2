import { expect, test } from "vitest";

import { windowOf } from "./useWindow.ts";

test("at the top as many as fit, and some more", () => {
  expect(windowOf({ top: 0, height: 360 }, 10_000, 36)).toEqual({ from: 0, to: 23, page: 10 });
});

test("in the middle some before and some after", () => {
  const { from, to } = windowOf({ top: 3_600, height: 360 }, 10_000, 36);
  expect(from).toBeLessThan(100);
  expect(to).toBeGreaterThan(110);
});

test("at the end nothing that is not there", () => {
  expect(windowOf({ top: 999_999, height: 360 }, 50, 36)).toMatchObject({ from: 40, to: 50 });
});

test("a frame without height still draws", () => {
  expect(windowOf({ top: 0, height: 0 }, 5, 36)).toEqual({ from: 0, to: 5, page: 1 });
});
