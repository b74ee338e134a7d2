import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import type { BoardVisitor } from "../../shared/protocol.ts";
import { opened } from "../model/board.ts";
import { unknown } from "../model/workspace.ts";
import { BOB, makeVisitor } from "../testing/make.ts";

vi.mock("../store/deeds.ts", () => ({ accept: vi.fn() }));

const { workspace } = await import("../store/state.ts");
const { change, layout } = await import("../store/layout.ts");
const { panes, show } = await import("../store/panes.ts");
const { clearFilter, resetColumns, view } = await import("../store/view.ts");
const { Queue } = await import("./Queue.tsx");

const said = () => document.body.textContent;
const rows = () => [...document.querySelectorAll<HTMLElement>(".queue-row")];
const named = (name: string) =>
  document.querySelector<HTMLElement>(`[aria-label="${name}"]`) ??
  [...document.querySelectorAll("button")].find((each) => each.textContent === name)!;
const press = (name: string) =>
  act(() => {
    named(name).click();
  });
const write = (name: string, value: string) =>
  act(() => {
    const field = named(name) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

async function put(...visitors: BoardVisitor[]): Promise<void> {
  await act(() => {
    const board = opened({ kind: "board", version: 1, visitors });
    workspace.value = { ...unknown, me: BOB, board };
  });
}

beforeEach(async () => {
  clearFilter();
  resetColumns();
  view.value = { ...view.value, isFilterOpen: false };
  change({ isQueueFull: false, isQueueHidden: false });
  panes.value = { open: [], active: null };
  render(null, document.body);
  await put(
    makeVisitor("a", { place: { country: "Norway" } }),
    makeVisitor("b", { place: { country: "China" }, left_at: Date.now() - 185_000 }),
  );
  await act(() => {
    render(<Queue />, document.body);
  });
});

test("those who are here are counted, those who left say when", () => {
  expect(said()).toContain("1 on the website");
  expect(rows().map((each) => each.firstElementChild?.textContent)).toEqual([
    "Browsing",
    "Left 3 min. ago",
  ]);
});

test("words narrow it, and say to how many of how many", async () => {
  await write("Find visitors", "norway");
  expect(rows()).toHaveLength(1);
  expect(said()).toContain("1 of 2 shown");
  await press("Clear");
  expect(rows()).toHaveLength(2);
});

test("a filter that hides everybody says so", async () => {
  await write("Find visitors", "nothing like it");
  expect(document.querySelector("[role=status]")?.textContent).toBe(
    "The filter hides everybody: 0 of 2 shown.",
  );
});

test("more filters open below: state, source, place, page", async () => {
  await press("More filters");
  await press("Left");
  expect(rows().map((each) => each.dataset["visitor"])).toEqual(["b"]);
  await press("Left");
  await write("Place contains", "nor");
  expect(rows().map((each) => each.dataset["visitor"])).toEqual(["a"]);
  await write("Page contains", "cart");
  expect(rows()).toEqual([]);
});

test("Escape clears the words, then goes back to the rows", async () => {
  const field = named("Find visitors");
  const escape = () =>
    act(() => {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    });
  await write("Find visitors", "norway");
  field.focus();
  await escape();
  expect(rows()).toHaveLength(2);
  await escape();
  expect(document.activeElement).toBe(rows()[0]);
});

test("columns are chosen and moved in the menu", async () => {
  const heads = () =>
    [...document.querySelectorAll("[role=columnheader]")].map((each) => each.textContent);
  const box = () =>
    [...document.querySelectorAll("label")]
      .find((each) => each.textContent === "IP address")!
      .querySelector("input")!;
  await act(() => {
    box().click();
  });
  expect(heads().at(-1)).toBe("IP address");
  await press("Move IP address up");
  expect(heads().at(-2)).toBe("IP address");
  await press("Usual columns and widths");
  expect(heads()).not.toContain("IP address");
});

test("it fills the workspace until a conversation is opened", async () => {
  await press("Fill the workspace with visitors");
  expect(layout.value.isQueueFull).toBe(true);
  await act(() => {
    show(7);
  });
  expect(layout.value.isQueueFull).toBe(false);
});

test("nobody at all is another sentence than nobody shown", async () => {
  await put();
  expect(said()).toContain("Nobody is on your website right now.");
});
