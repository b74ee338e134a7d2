import { expect, test } from "vitest";

import { pauseBefore } from "./pauses.ts";

test.each([
  [1, 0, 500],
  [1, 1, 1_500],
  [3, 1, 1_500],
  [4, 0.5, 2_000],
  [5, 0.5, 4_000],
  [50, 0.5, 30_000],
])("before attempt %i with chance %d it waits %i ms", (attempt, chance, expected) => {
  expect(pauseBefore(attempt, () => chance)).toBe(expected);
});
