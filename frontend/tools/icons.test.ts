// @vitest-environment node
import { expect, test } from "vitest";

import { markup, namesIn, nodesOf } from "./icons.ts";

test("icons named in a template are found", () => {
  expect(namesIn(`<p>{% icon "send" %} {% icon 'user-plus' %} {% url "x" %}</p>`)).toEqual([
    "send",
    "user-plus",
  ]);
});

test("icons that pages of the settings name are found too", () => {
  expect(namesIn(`Page("a:b", icon="users", capability=None)`)).toEqual(["users"]);
});

test("an icon that Tabler lacks stops the build", () => {
  expect(() => nodesOf("no-such-icon")).toThrow("no-such-icon");
});

test("an icon becomes markup", () => {
  expect(markup([["path", { d: "M1 2" }]])).toBe(`<path d="M1 2"/>`);
});
