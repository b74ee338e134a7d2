import "../testing/page.ts";

import { expect, test } from "vitest";

import { rowOf, type Row } from "../model/rows.ts";
import { makeVisitor } from "../testing/make.ts";
import { shift } from "./useSteady.ts";

const row = (visitor: string): Row => rowOf(makeVisitor(visitor), undefined, 2)!;
const [a, b, c, d] = ["a", "b", "c", "d"].map(row) as [Row, Row, Row, Row];

test("rows that come above move it down, rows that go move it up", () => {
  expect(shift([a, b], [c, d, a, b], 1)).toBe(2);
  expect(shift([a, b, c], [c], 2)).toBe(-2);
});

test("what happens below moves nothing", () => {
  expect(shift([a, b], [a, b, c], 0)).toBe(0);
});

test("where the row itself has changed the next one counts", () => {
  expect(shift([a, b, c], [d, row("a"), b, c], 0)).toBe(1);
  expect(shift([a, b, c], [b, c, row("a")], 0)).toBe(-1);
});

test("where nothing is left of what there was, nothing is held", () => {
  expect(shift([a], [b], 0)).toBe(0);
});
