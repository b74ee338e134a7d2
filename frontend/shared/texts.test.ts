import { expect, test } from "vitest";

import { choose, fill } from "./texts.ts";

const words = { en: "Send", "zh-hans": "发送", "zh-hant": "傳送", fr: "Envoyer" };

test.each([
  ["en", "Send"],
  ["en-GB", "Send"],
  ["zh-hans", "发送"],
  ["zh-Hans-CN", "发送"],
  ["zh-CN", "发送"],
  ["zh_CN", "发送"],
  ["zh", "发送"],
  ["zh-TW", "傳送"],
  ["zh-Hant", "傳送"],
  ["zh-HK", "傳送"],
  ["fr-CA", "Envoyer"],
  ["tlh", "Send"],
  ["", "Send"],
])("a reader of %s gets %s", (language, word) => {
  expect(choose(language, words)).toBe(word);
});

test("a language without its own words falls back to English", () => {
  expect(choose("zh-TW", { en: "Send", "zh-hans": "发送" })).toBe("Send");
});

test("values go into their places, each time they are named", () => {
  expect(fill("{name}: {count} of {count}", { name: "Vera", count: 3 })).toBe("Vera: 3 of 3");
});

test("a value that looks like a place is left as it is", () => {
  expect(fill("{name} says {text}", { name: "{text}", text: "$&" })).toBe("{text} says $&");
});

test("a place without a value stays visible", () => {
  expect(fill("{count} waiting", {})).toBe("{count} waiting");
});
