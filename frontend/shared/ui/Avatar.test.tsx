import { render } from "preact";
import { expect, test } from "vitest";

import { Avatar, initials, pictureUrl } from "./Avatar.tsx";

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

test("a picture takes the place of the letters", () => {
  render(<Avatar name="Bob" src={pictureUrl("/c/1/pictures/", "abc")} />, document.body);
  expect(document.querySelector("img")?.getAttribute("src")).toBe("/c/1/pictures/abc-64.webp");
  expect(document.body.textContent).toBe("");
});

test("without a picture there is no address", () => {
  expect(pictureUrl("/c/1/pictures/", "")).toBeUndefined();
});
