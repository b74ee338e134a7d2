import "../testing/page.ts";

import { beforeEach, expect, test } from "vitest";

import { draftOf, dropOldDrafts, keepDraft } from "./drafts.ts";

const WEEK = 7 * 86_400_000;

beforeEach(() => {
  localStorage.clear();
});

test("a draft is kept under its company, agent and conversation", () => {
  keepDraft(5, "Hello");
  expect(draftOf(5)).toBe("Hello");
  expect(draftOf(6)).toBe("");
  expect(Object.keys(localStorage)).toEqual(["parley:10000001:2:draft:5"]);
});

test("an empty one leaves nothing behind", () => {
  keepDraft(5, "Hello");
  keepDraft(5, "");
  expect(Object.keys(localStorage)).toEqual([]);
});

test("drafts older than a week go", () => {
  keepDraft(5, "old");
  dropOldDrafts(Date.now() + WEEK - 1_000);
  expect(draftOf(5)).toBe("old");
  dropOldDrafts(Date.now() + WEEK + 1_000);
  expect(draftOf(5)).toBe("");
});

test("what something else wrote there does no harm", () => {
  localStorage.setItem("parley:10000001:2:draft:5", "{broken");
  expect(draftOf(5)).toBe("");
});
