import "../testing/page.ts";

import { beforeEach, expect, test } from "vitest";

import type { Notice } from "../../shared/protocol.ts";
import { toasts } from "../../shared/ui/toasts.ts";
import { tellAnswers, tellNotices } from "./noticing.ts";

const notice: Notice = { id: 1, version: 0, title: "Tonight", text: "At six", author: "Al", at: 1 };
const told = () => toasts.value.map((each) => each.words);

beforeEach(() => {
  toasts.value = [];
});

test("a notice is told in passing, and again when it is edited", () => {
  tellNotices([], [notice]);
  tellNotices([notice], [{ ...notice, version: 1, title: "Tomorrow" }]);
  expect(told()).toEqual(["New notice: Tonight", "New notice: Tomorrow"]);
});

test("what is known, read or withdrawn is not told", () => {
  tellNotices([notice], [{ ...notice }]);
  tellNotices([notice], []);
  expect(told()).toEqual([]);
});

test("an answer is told, having read it is not", () => {
  tellAnswers(0, 1);
  tellAnswers(1, 0);
  expect(told()).toEqual(["The operator has answered you."]);
});
