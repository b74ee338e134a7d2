import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import { opened } from "../model/board.ts";
import { unknown } from "../model/workspace.ts";
import { BOB, makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";

const { accept, look } = vi.hoisted(() => ({
  accept: vi.fn(() => Promise.resolve()),
  look: vi.fn(),
}));
vi.mock("../store/deeds.ts", () => ({ accept, look }));

const { workspace } = await import("../store/state.ts");
const { clearFilter, narrow, resetColumns, sortBy, toggleColumn, view } =
  await import("../store/view.ts");
const { page } = await import("../store/page.ts");
const { panes } = await import("../store/panes.ts");
const { QueueGrid, indexes } = await import("./QueueGrid.tsx");
const { destination, selected } = await import("./selection.ts");

const grid = () => document.querySelector<HTMLElement>("[role=grid]")!;
const rows = () => [...document.querySelectorAll<HTMLElement>(".queue-row")];
const row = (visitor: string) => rows().find((each) => each.dataset["visitor"] === visitor)!;
const cells = (of: HTMLElement) =>
  [...of.querySelectorAll("[role=gridcell]")].map((each) => each.textContent);
const press = (key: string) =>
  act(() => {
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
const click = (on: HTMLElement, detail: number) =>
  act(() => {
    on.dispatchEvent(new MouseEvent("click", { bubbles: true, detail }));
    if (detail === 2) on.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  });

async function show(browsing: number, ...talks: ReturnType<typeof makeOwn>[]): Promise<void> {
  const visitors = Array.from({ length: browsing }, (_, at) =>
    makeVisitor(`b${at}`, { entered_at: at }),
  );
  await act(() => {
    workspace.value = {
      ...unknown,
      me: BOB,
      conversations: new Map(talks.map((each) => [each.id, each])),
      board: opened({ kind: "board", version: 1, visitors }),
    };
  });
}

beforeEach(async () => {
  accept.mockClear();
  selected.value = null;
  resetColumns();
  clearFilter();
  view.value = { ...view.value, sort: null };
  panes.value = { open: [], active: null };
  render(null, document.body);
  await show(2, makeConversation({ id: 1 }), makeOwn({ id: 2 }));
  await act(() => {
    render(<QueueGrid />, document.body);
  });
});

test("it reads as a grid named Visitors with its columns and states", () => {
  expect(grid().getAttribute("aria-label")).toBe("Visitors");
  expect(grid().getAttribute("aria-rowcount")).toBe("5");
  const heads = [...grid().querySelectorAll("[role=columnheader]")];
  expect(heads.map((each) => each.textContent)).toEqual([
    ...["State", "Visitor", "Visits", "Place", "Page", "Source", "Entered", "Waiting", "Agent"],
  ]);
  expect(rows().map((each) => cells(each)[0])).toEqual([
    "With me",
    "Requesting",
    "Browsing",
    "Browsing",
  ]);
  expect(cells(row("visitor-2"))[8]).toBe("You");
});

test("a double click accepts a request, opens one's own, and else does nothing", async () => {
  for (const visitor of ["visitor-1", "visitor-2", "b0"]) {
    await click(row(visitor), 1);
    await click(row(visitor), 2);
  }
  expect(accept.mock.calls).toEqual([[1]]);
  expect(panes.value.open).toEqual([2]);
});

test("an operator on a visit looks at whatever conversation there is, and accepts none", async () => {
  page.is_visiting = true;
  try {
    for (const visitor of ["visitor-1", "visitor-2", "b0"]) {
      await click(row(visitor), 1);
      await click(row(visitor), 2);
    }
  } finally {
    page.is_visiting = false;
  }
  expect(look.mock.calls).toEqual([[1], [2]]);
  expect(accept).not.toHaveBeenCalled();
});

test("two clicks that met two visitors because rows moved accept nobody", async () => {
  await click(row("b0"), 1);
  await click(row("visitor-1"), 2);
  expect(accept).not.toHaveBeenCalled();
});

test("a single click chooses", async () => {
  await click(row("b0"), 1);
  expect(row("b0").getAttribute("aria-selected")).toBe("true");
  expect(accept).not.toHaveBeenCalled();
});

test("arrows move, and Enter does what a double click does", async () => {
  await act(() => {
    rows()[0]?.focus();
  });
  await press("ArrowDown");
  expect(document.activeElement).toBe(row("visitor-1"));
  await press("ArrowUp");
  await press("ArrowUp");
  expect(document.activeElement).toBe(row("visitor-2"));
  await press("ArrowDown");
  await press("Enter");
  expect(accept.mock.calls).toEqual([[1]]);
});

test("one row is reached by Tab", () => {
  expect(rows().filter((each) => each.tabIndex === 0)).toHaveLength(1);
});

test("whoever stands on a row stays on it while others come before it", async () => {
  await act(() => {
    row("b1").focus();
  });
  await show(2, makeConversation({ id: 1 }), makeOwn({ id: 2 }), makeConversation({ id: 3 }));
  expect(document.activeElement).toBe(row("b1"));
});

test("of ten thousand only those in sight are drawn, and the chosen one", async () => {
  await show(10_000);
  expect(rows().length).toBeLessThan(60);
  await act(() => {
    selected.value = "b9000";
  });
  expect(row("b9000").getAttribute("aria-rowindex")).toBe("9002");
});

const head = (name: string) =>
  [...grid().querySelectorAll<HTMLElement>("[role=columnheader]")].find(
    (each) => each.textContent === name,
  )!;
const order = () => rows().map((each) => each.dataset["visitor"]);

test("a click at a head sorts, says so, and the third one takes it back", async () => {
  const click = () =>
    act(() => {
      head("Entered").querySelector("button")?.click();
    });
  const before = order();
  await click();
  expect(head("Entered").getAttribute("aria-sort")).toBe("ascending");
  expect(order().slice(0, 2)).toEqual(["b0", "b1"]);
  await click();
  expect(head("Entered").getAttribute("aria-sort")).toBe("descending");
  expect(order().slice(0, 2)).toEqual(["b1", "b0"]);
  await click();
  expect(head("Entered").getAttribute("aria-sort")).toBeNull();
  expect(order()).toEqual(before);
});

test("arrow keys go along the heads, and with Alt they change the width", async () => {
  const keyed = (key: string, altKey = false) =>
    act(() => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, altKey, bubbles: true, cancelable: true }),
      );
    });
  head("State").querySelector("button")!.focus();
  await keyed("ArrowRight");
  expect(document.activeElement?.textContent).toBe("Visitor");
  await keyed("ArrowRight", true);
  expect(view.value.widths.visitor).toBeGreaterThan(0);
  expect(selected.value).toBeNull();
});

test("columns are chosen and stay so", async () => {
  await act(() => {
    toggleColumn("ip");
    toggleColumn("page");
  });
  expect(head("IP address")).toBeDefined();
  expect(head("Page")).toBeUndefined();
  const kept = JSON.parse(
    localStorage.getItem("parley:10000001:2:queue") ?? "{}",
  ) as typeof view.value;
  expect(kept.columns).toEqual(view.value.columns);
});

test("the filter hides whom one need not deal with, and is remembered", async () => {
  await act(() => {
    narrow({ text: "nothing like it" });
  });
  expect(order()).toEqual(["visitor-2", "visitor-1"]);
  const kept = JSON.parse(
    localStorage.getItem("parley:10000001:2:queue") ?? "{}",
  ) as typeof view.value;
  expect(kept.filter.text).toBe("nothing like it");
});

test("the order holds while words are sorted anew", async () => {
  await act(() => {
    sortBy("visitor");
  });
  await show(3, makeOwn({ id: 2 }));
  expect(order()).toEqual(["b0", "b1", "b2", "visitor-2"]);
});

test.each([
  ["ArrowDown", 4, 5],
  ["ArrowDown", 9, 9],
  ["ArrowUp", 0, 0],
  ["PageDown", 2, 5],
  ["PageUp", 2, 0],
  ["Home", 5, 0],
  ["End", 5, 9],
  ["ArrowDown", -1, 0],
  ["a", 5, null],
])("%s at %d leads to %s", (key, at, to) => {
  expect(destination(key, at, 9, 3)).toBe(to);
});

test("the chosen row is drawn also where it is not in sight", () => {
  expect(indexes(2, 4, 0)).toEqual([0, 2, 3]);
  expect(indexes(2, 4, 3)).toEqual([2, 3]);
  expect(indexes(2, 4, 9)).toEqual([2, 3, 9]);
  expect(indexes(2, 4, -1)).toEqual([2, 3]);
});
