import { beforeEach, expect, test } from "vitest";

import { startMenus } from "./menus.ts";

const menus = () => [...document.querySelectorAll("details")];

startMenus(document);

beforeEach(() => {
  document.body.innerHTML = `
    <details class="menu" open><summary>Bob</summary><button class="inside">Light</button></details>
    <details class="menu"><summary>Status</summary></details><details open>More</details>
    <button class="outside">Save</button>`;
});

const states = () => menus().map((menu) => menu.open);
const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;

test("a click elsewhere closes the menu and nothing but menus", () => {
  find(".outside").click();
  expect(states()).toEqual([false, false, true]);
});

test("a click inside leaves it open", () => {
  find(".inside").click();
  expect(states()).toEqual([true, false, true]);
});

test("going elsewhere by keyboard closes it", () => {
  find(".outside").focus();
  expect(states()).toEqual([false, false, true]);
});

test("Escape closes it and goes back to its button", () => {
  find(".inside").focus();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(states()).toEqual([false, false, true]);
  expect(document.activeElement).toBe(find("summary"));
});
