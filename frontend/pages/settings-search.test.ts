import { beforeEach, expect, test } from "vitest";

import { startSettingsSearch } from "./settings-search.ts";

const shown = () =>
  [...document.querySelectorAll<HTMLElement>("h2, li")]
    .filter((each) => !each.hidden && !each.closest("ul")?.hidden)
    .map((each) => each.textContent);

function type(words: string): void {
  const field = document.querySelector("input")!;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  document.body.innerHTML = `
    <form class="settings-search"><input></form>
    <h2 id="people">People</h2>
    <ul class="settings-nav-list" aria-labelledby="people">
      <li data-words="colleagues invite">Agents</li><li data-words="departments">Groups</li></ul>
    <h2 id="website">Website</h2>
    <ul class="settings-nav-list" aria-labelledby="website"><li data-words="snippet">Site code</li></ul>`;
  startSettingsSearch(document);
});

test("what fits stays, with its heading", () => {
  type("INVITE");
  expect(shown()).toEqual(["People", "Agents"]);
});

test("each word must fit", () => {
  type("code snip");
  expect(shown()).toEqual(["Website", "Site code"]);
  type("code invite");
  expect(shown()).toEqual([]);
});

test("without words everything is there again", () => {
  type("code");
  type(" ");
  expect(shown()).toHaveLength(5);
});
