import { expect, test, vi } from "vitest";

vi.hoisted(() => {
  document.documentElement.lang = "zh-hans";
});

const { sourceName } = await import("./sourceName.ts");

test.each([
  ["search", "Baidu", "百度"],
  ["search", "Google", "Google"],
  ["campaign", "Baidu", "Baidu"],
  ["referral", "news.example", "news.example"],
] as const)("a %s of %s is called %s", (kind, name, called) => {
  expect(sourceName({ kind, name })).toBe(called);
});

test("what came by itself has no name", () => {
  expect(sourceName({ kind: "direct" })).toBe("");
});
