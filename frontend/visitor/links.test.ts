import { expect, test } from "vitest";

import { piecesOf } from "./links.ts";

const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);
const whole = (text: string) =>
  piecesOf(text)
    .map(({ words }) => words)
    .join("");

test.each([
  ["see https://example.com/a?b=1#c.", "https://example.com/a?b=1#c"],
  ["(http://example.com)", "http://example.com"],
  ["请看https://example.com/价格，谢谢", "https://example.com/价格"],
  ["vera@example.com", "mailto:vera@example.com"],
  ["mailto:vera@example.com", "mailto:vera@example.com"],
])("in '%s' the address %s is live", (text, address) => {
  expect(links(text)).toEqual([address]);
  expect(whole(text)).toBe(text);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<b>",
  "<a href='x'>y</a>",
  "www.example.com",
  "ftp://example.com",
  "@vera",
])("'%s' stays words", (text) => {
  expect(piecesOf(text)).toEqual([{ words: text }]);
});

test("several addresses stand where they were written", () => {
  expect(piecesOf("a https://x.example b vera@x.example")).toEqual([
    { words: "a " },
    { words: "https://x.example", href: "https://x.example" },
    { words: " b " },
    { words: "vera@x.example", href: "mailto:vera@x.example" },
  ]);
});

test("a long text without any is read quickly", () => {
  const started = performance.now();
  piecesOf("a.".repeat(2_000) + "@");
  expect(performance.now() - started).toBeLessThan(500);
});
