import { beforeEach, expect, test } from "vitest";

import { startTheme } from "./theme.ts";

const button = (choice: string) =>
  document.querySelector<HTMLElement>(`[data-theme-choice="${choice}"]`)!;
const pressed = () =>
  [...document.querySelectorAll("[aria-pressed=true]")].map((each) => each.textContent);

beforeEach(() => {
  document.body.innerHTML = `<button data-theme-choice="">System</button>
    <button data-theme-choice="light">Light</button><button data-theme-choice="dark">Dark</button>`;
  document.documentElement.removeAttribute("data-theme");
  startTheme(document);
});

test("a choice holds at once and for the next page", () => {
  button("dark").click();
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(document.cookie).toContain("parley_theme=dark");
  expect(pressed()).toEqual(["Dark"]);
});

test("the system's look forgets the choice", () => {
  button("dark").click();
  button("").click();
  expect(document.documentElement.dataset["theme"]).toBeUndefined();
  expect(document.cookie).not.toContain("dark");
  expect(pressed()).toEqual(["System"]);
});

test("the page shows what is chosen already", () => {
  document.documentElement.dataset["theme"] = "light";
  startTheme(document);
  expect(pressed()).toEqual(["Light"]);
});
