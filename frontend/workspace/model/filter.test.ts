import { expect, test } from "vitest";

import { makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";
import { everybody, type Filter, isNarrowed, testOf } from "./filter.ts";
import { rowOf } from "./rows.ts";

const vera = rowOf(
  makeVisitor("v", {
    name: "Vera",
    ip: "203.0.113.7",
    place: { country: "China", city: "Hangzhou" },
    page: { url: "https://acme.example/tents?x=1", title: "All tents" },
    source: { kind: "search", name: "Baidu", words: "big tent" },
  }),
  undefined,
  2,
)!;
const passes = (filter: Partial<Filter>) => testOf({ ...everybody, ...filter })(vera);

test.each<Partial<Filter>>([
  {},
  { states: ["left", "browsing"] },
  { source: "search" },
  { place: "hangzhou" },
  { page: "/TENTS" },
  { page: " all tents " },
  { text: "vera" },
  { text: "203.0.113" },
  { text: "big tent" },
])("shown by %o", (filter) => {
  expect(passes(filter)).toBe(true);
});

test.each<Partial<Filter>>([
  { states: ["left"] },
  { source: "direct" },
  { place: "Norway" },
  { page: "/cart" },
  { text: "anna" },
  { text: "vera", place: "Norway" },
])("hidden by %o", (filter) => {
  expect(passes(filter)).toBe(false);
});

test("with whom one has to deal is never hidden", () => {
  const hides = testOf({ ...everybody, states: ["left"], text: "nobody is called that" });
  const rows = [makeOwn(), makeConversation()].map((each) => rowOf(undefined, each, 2)!);
  expect(rows.map(hides)).toEqual([true, true]);
  expect(hides(rowOf(undefined, makeOwn({ agent_id: 9 }), 2)!)).toBe(false);
});

test("a visitor of whom no source is known came directly", () => {
  const row = rowOf(makeVisitor("v"), undefined, 2)!;
  expect(testOf({ ...everybody, source: "direct" })(row)).toBe(true);
});

test("nothing chosen narrows nothing", () => {
  expect(isNarrowed(everybody)).toBe(false);
  expect(isNarrowed({ ...everybody, page: "x" })).toBe(true);
});
