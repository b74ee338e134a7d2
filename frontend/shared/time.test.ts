import { expect, test } from "vitest";

import { clock, date, dayOf, duration, elapsed, exact, number, relative } from "./time.ts";

const now = new Date("2026-03-01T12:00:00Z");
const english = { language: "en", timeZone: "UTC" };
const chinese = { language: "zh-Hans", timeZone: "Asia/Shanghai" };
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

test.each([
  [0, "now"],
  [59, "now"],
  [-5, "now"],
  [60, "1 min. ago"],
  [3_599, "59 min. ago"],
  [3_600, "1 hr. ago"],
  [86_399, "23 hr. ago"],
  [86_400, "Feb 28"],
  [86_400 * 90, "Dec 1, 2025"],
])("what happened %d seconds ago reads %s", (seconds, words) => {
  expect(relative(before(seconds), now, english)).toBe(words);
});

test("Chinese readers read Chinese", () => {
  expect(relative(before(180), now, chinese)).toBe("3分钟前");
});

test("the exact time is in the reader's zone and names it", () => {
  expect(exact(now, chinese)).toContain("20:00:00");
  expect(exact(now, english)).toContain("UTC");
});

test("the same moment has another hour in another zone", () => {
  expect(clock(now, { language: "en-GB", timeZone: "UTC" })).toBe("12:00");
  expect(clock(now, { language: "en-GB", timeZone: "Asia/Tokyo" })).toBe("21:00");
});

test("a clock is written as its readers write it", () => {
  const morning = new Date("2026-03-01T01:05:00Z");
  expect(clock(morning, { language: "en-US", timeZone: "UTC" })).toMatch(/^1:05\sAM$/);
  expect(clock(morning, { language: "zh-Hans", timeZone: "UTC" })).toBe("01:05");
});

test("a day begins at the reader's midnight", () => {
  expect(dayOf(new Date("2026-03-01T17:00:00Z"), "UTC")).toBe("2026-03-01");
  expect(dayOf(new Date("2026-03-01T17:00:00Z"), "Asia/Shanghai")).toBe("2026-03-02");
});

test("the year is told by the reader's zone", () => {
  const newYear = new Date("2025-12-31T20:00:00Z");
  expect(date(newYear, now, { language: "en", timeZone: "Asia/Shanghai" })).toBe("Jan 1");
  expect(date(newYear, now, english)).toBe("Dec 31, 2025");
});

test.each([
  [-1, "0:00"],
  [42_900, "0:42"],
  [725_000, "12:05"],
  [3_725_000, "1:02:05"],
])("%d milliseconds run as %s", (milliseconds, words) => {
  expect(elapsed(milliseconds)).toBe(words);
});

test("numbers are grouped", () => {
  expect(number(120_344, "en")).toBe("120,344");
});

test.each([
  [0, "1 sec"],
  [42_000, "42 sec"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [7_300_000, "2 hr"],
])("%d milliseconds last %s", (milliseconds, words) => {
  expect(duration(milliseconds, english)).toBe(words);
  expect(duration(180_000, chinese)).toBe("3分钟");
});
