import { expect, test } from "vitest";

import { initials } from "./Avatar.tsx";

test.each([
  ["Bob", "B"],
  ["Vera Lind", "VL"],
  ["  Ana  Maria de Souza ", "AS"],
  ["李雷", "李"],
  ["😀 smile", "😀S"],
  ["", ""],
])("%s is shown as %s", (name, shown) => {
  expect(initials(name)).toBe(shown);
});
