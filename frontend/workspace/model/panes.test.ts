import { expect, test } from "vitest";

import { beside, close, none, show, visible } from "./panes.ts";

const two = { open: [1, 2], active: 2 };

test("another conversation takes the place of the one worked in", () => {
  expect(show(two, 3)).toEqual({ open: [1, 3], active: 3 });
  expect(show(none, 3)).toEqual({ open: [3], active: 3 });
});

test("what is open already is only gone to", () => {
  expect(show(two, 1)).toEqual({ open: [1, 2], active: 1 });
});

test("beside adds a pane, and where there is no room the oldest gives way", () => {
  expect(beside(two, 3, 3)).toEqual({ open: [1, 2, 3], active: 3 });
  expect(beside(two, 3, 2)).toEqual({ open: [2, 3], active: 3 });
  expect(beside(two, 3, 1)).toEqual({ open: [3], active: 3 });
});

test("closing goes to what is left", () => {
  expect(close(two, 2)).toEqual({ open: [1], active: 1 });
  expect(close(two, 1)).toEqual({ open: [2], active: 2 });
  expect(close({ open: [1], active: 1 }, 1)).toEqual(none);
});

test("a smaller window shows fewer, the active one always", () => {
  const three = { open: [1, 2, 3], active: 1 };
  expect(visible(three, 3)).toEqual([1, 2, 3]);
  expect(visible(three, 2)).toEqual([1, 3]);
  expect(visible(three, 1)).toEqual([1]);
  expect(visible(none, 2)).toEqual([]);
});
