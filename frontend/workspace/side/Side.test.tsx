import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import type { BoardVisitor, VisitorOpened } from "../../shared/protocol.ts";
import { opened } from "../model/board.ts";
import { unknown } from "../model/workspace.ts";
import { BOB, makeOwn, makeVisitor, makeVisit } from "../testing/make.ts";

const { ask } = vi.hoisted(() => ({ ask: vi.fn<() => Promise<unknown>>() }));
vi.mock("../live/connection.ts", async () => {
  const { signal } = await import("@preact/signals");
  return { connection: { ask }, connectionState: signal({ phase: "open" }) };
});
vi.mock("../store/deeds.ts", () => ({ accept: vi.fn() }));

const { workspace } = await import("../store/state.ts");
const { panes, width } = await import("../store/panes.ts");
const { selected } = await import("../queue/selection.ts");
const { layout, change } = await import("../store/layout.ts");
const { subject } = await import("./subject.ts");
const { Side } = await import("./Side.tsx");

const DAY = 86_400_000;
const pane = () => document.querySelector("aside");
const said = () => pane()?.textContent ?? "";
const settled = () =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(200);
  });
const button = (name: string) =>
  [...document.querySelectorAll("button")].find(
    (each) => each.textContent === name || each.getAttribute("aria-label") === name,
  )!;

const VERA = makeVisitor("vera-0001", {
  entered_at: 10 * DAY,
  name: "Vera",
  visits: 3,
  ip: "203.0.113.7",
  place: { country: "China", city: "Hangzhou" },
  source: { kind: "search", name: "Baidu", words: "tents" },
});

function told(facts: Partial<VisitorOpened> = {}): VisitorOpened {
  return {
    kind: "visitor",
    visitor: VERA.visitor,
    first_seen_at: 1,
    visits_in_all: 1,
    visits: [makeVisit({ began_at: VERA.entered_at })],
    ...facts,
  };
}

async function show(visitor: BoardVisitor): Promise<void> {
  await act(() => {
    workspace.value = {
      ...unknown,
      me: BOB,
      board: opened({ kind: "board", version: 1, visitors: [visitor] }),
    };
    selected.value = visitor.visitor;
  });
}

beforeEach(async () => {
  vi.useFakeTimers({ now: 12 * DAY });
  ask.mockReset().mockResolvedValue(told());
  width.value = 1440;
  change({ isSideHidden: false });
  panes.value = { open: [], active: null };
  selected.value = subject.value = null;
  workspace.value = unknown;
  render(null, document.body);
  await act(() => {
    render(<Side />, document.body);
  });
});

test("before anybody is chosen it says what to do", () => {
  expect(said()).toContain("Choose a visitor");
});

test("what is known stands there, and the page is a safe link", async () => {
  await show(VERA);
  for (const words of ["Vera", "Search · Baidu", "tents", "China · Hangzhou", "203.0.113.7"]) {
    expect(said()).toContain(words);
  }
  const link = pane()!.querySelector("a")!;
  expect(link.href).toBe("https://acme.example/pricing");
  expect(link.rel).toBe("noopener noreferrer");
});

test("an address that runs is no link", async () => {
  await show({ ...VERA, page: { url: "javascript:alert(1)" } });
  await settled();
  expect(pane()!.querySelector("dl a")).toBeNull();
});

test("earlier visits come newest first, without the present one", async () => {
  const earlier = [9, 8].map((day) =>
    makeVisit({
      began_at: day * DAY,
      ended_at: day * DAY + 65_000,
      page: { url: `https://a/${day}` },
    }),
  );
  ask.mockResolvedValue(told({ visits_in_all: 7, visits: [...told().visits, ...earlier] }));
  await show(VERA);
  expect(pane()!.querySelector("[aria-busy=true] .skeleton")).not.toBeNull();
  await settled();
  const items = [...pane()!.querySelectorAll("li")].map((each) => each.textContent);
  expect(items).toHaveLength(2);
  expect(items[0]).toContain("/9");
  expect(items[0]).toContain("1:05");
  expect(said()).toContain("and 4 older ones");
  expect(ask).toHaveBeenCalledWith({ type: "visitor.open", visitor: VERA.visitor });
});

test("whoever is new is on the first visit", async () => {
  await show(VERA);
  await settled();
  expect(said()).toContain("This is the first visit.");
});

test("what could not be fetched is asked again on demand", async () => {
  ask.mockRejectedValueOnce(new Error("lost"));
  await show(VERA);
  await settled();
  expect(said()).toContain("could not be fetched");
  await act(() => {
    button("Try again").click();
  });
  await settled();
  expect(said()).toContain("This is the first visit.");
});

test("whoever goes through rows asks for the last one only", async () => {
  await show(VERA);
  await show(makeVisitor("anna-0001"));
  await settled();
  expect(ask.mock.calls).toEqual([[{ type: "visitor.open", visitor: "anna-0001" }]]);
});

test("it follows the conversation one opens", async () => {
  await show(VERA);
  const talk = makeOwn({ id: 5, visitor: "anna-0001", visitor_name: "Anna" });
  await act(() => {
    workspace.value = { ...workspace.value, conversations: new Map([[5, talk]]) };
    panes.value = { open: [5], active: 5 };
  });
  expect(said()).toContain("Anna");
});

test("it can be closed, which is remembered, and is closed where there is no room", async () => {
  await act(() => {
    button("Hide visitor details").click();
  });
  expect(pane()).toBeNull();
  expect(layout.value.isSideHidden).toBe(true);
  await act(() => {
    change({ isSideHidden: false });
    width.value = 1024;
  });
  expect(pane()).toBeNull();
});
