import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import type { Agent } from "../../shared/protocol.ts";
import { now } from "../../shared/ui/now.ts";
import { connectionState } from "../live/connection.ts";
import { roundTrip } from "../live/quality.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { BOB, makeConversation, makeOwn } from "../testing/make.ts";
import { QuickBar } from "./QuickBar.tsx";
import { StatusMenu } from "./StatusMenu.tsx";
import { startOwn } from "./own.tsx";
import { startTab } from "./tab.ts";

const onGo = vi.fn();
const chips = () => [...document.querySelectorAll<HTMLElement>(".quick-chip")];
const icon = () =>
  decodeURIComponent(document.querySelector<HTMLLinkElement>("link[rel=icon]")!.href);

async function show(...conversations: ReturnType<typeof makeOwn>[]): Promise<void> {
  await act(() => {
    const known = new Map(conversations.map((each) => [each.id, each]));
    workspace.value = { ...unknown, me: BOB, conversations: known, offlineMessages: 3 };
    connectionState.value = { phase: "open", attempt: 0, retryAt: 0 };
  });
}

startTab();

beforeEach(async () => {
  localStorage.clear();
  onGo.mockClear();
  render(null, document.body);
  await show(makeConversation({ id: 1 }), makeOwn({ id: 2, unread: 2 }));
  await act(() => {
    render(
      <>
        <QuickBar onGo={onGo} />
        <StatusMenu />
      </>,
      document.body,
    );
  });
});

test("each chip counts, and one click goes there", () => {
  expect(chips().map((each) => each.textContent)).toEqual([
    "Requests1",
    "New messages2",
    "Offline messages3",
    "Notices0",
  ]);
  chips()[0]?.click();
  chips()[1]?.click();
  expect(onGo.mock.calls).toEqual([[1], [2]]);
  expect(chips()[2]?.getAttribute("href")).toBe("/c/10000001/offline-messages/");
});

test("with nothing new nothing pulses and nothing can be pressed", async () => {
  await show();
  expect(chips().map((each) => each.classList.contains("chip--new"))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(chips()[0]?.tagName).toBe("SPAN");
});

test("one's new name and picture are in the top bar at once", async () => {
  document.body.insertAdjacentHTML(
    "beforeend",
    '<span id="own-face"></span><b data-own-name>Bob</b><i data-own-name>Bob</i>',
  );
  startOwn();
  const me = { ...BOB, name: "Robert", picture: "abc" };
  await act(() => {
    workspace.value = { ...workspace.value, me, agents: new Map([[me.id, me]]) };
  });
  const names = [...document.querySelectorAll("[data-own-name]")].map((each) => each.textContent);
  expect(names).toEqual(["Robert", "Robert"]);
  const face = document.querySelector("#own-face img");
  expect(face?.getAttribute("src")).toBe("/c/10000001/pictures/abc-64.webp");
  document.querySelectorAll("#own-face, [data-own-name]").forEach((each) => {
    each.remove();
  });
});

test("the tab counts what waits", () => {
  expect(document.title).toBe("(3) Online · Acme");
  expect(icon()).toContain(">3</text>");
});

test("as soon as the connection is lost, tab and status say offline", async () => {
  await act(() => {
    connectionState.value = { phase: "waiting", attempt: 1, retryAt: Date.now() + 2_000 };
  });
  expect(document.title).toBe("Offline · Acme");
  expect(icon()).not.toContain("</text>");
  expect(document.querySelector(".menu:not(.notices-menu) summary")?.textContent).toContain(
    "Offline",
  );
});

const choices = () => [...document.querySelectorAll(".menu-item[aria-pressed]")];
const select = () => document.querySelector<HTMLSelectElement>(".status-setting select")!;

async function tell(facts: Partial<Agent>, awayAfter = workspace.value.awayAfter): Promise<void> {
  await act(() => {
    workspace.value = { ...workspace.value, me: { ...BOB, ...facts }, awayAfter };
  });
}

test("the menu offers what one may choose", () => {
  expect(choices().map((each) => each.textContent)).toEqual([
    "OnlineTakes new conversations",
    "BusyVisitors can wait for you",
    "AwayFinish what you have, take nothing new",
  ]);
  expect(choices().map((each) => each.getAttribute("aria-pressed"))).toEqual([
    "true",
    "false",
    "false",
  ]);
});

test("away by itself is said, and that the status comes back", async () => {
  await tell({ status: "away", reason: "idle" });
  expect(document.querySelector(".menu:not(.notices-menu) summary")?.textContent).toContain(
    "Away: no activity",
  );
  expect(document.querySelector(".status-note")?.textContent).toContain("brings your status back");
  expect(choices().map((each) => each.getAttribute("aria-pressed"))).not.toContain("true");
});

test("away by itself comes no later than the company says", async () => {
  await tell({}, { company: 5, own: 2 });
  expect([...select().options].map((each) => each.textContent)).toEqual([
    "company setting (5 min)",
    "1 min",
    "2 min",
    "3 min",
    "5 min",
  ]);
  expect(select().value).toBe("2");
});

test("where the company says never, one may still choose", async () => {
  await tell({}, { company: 0, own: null });
  expect(select().options[0]?.textContent).toBe("company setting (never)");
  expect(select().value).toBe("company");
  expect(select().options.length).toBeGreaterThan(5);
});

test("the menu says how the connection is, and where to check it", async () => {
  await act(() => {
    roundTrip.value = 42;
  });
  const link = document.querySelector<HTMLAnchorElement>('a[href="/c/10000001/check/"]');
  expect(link?.textContent).toContain("Connection: Excellent, 42 ms");
});

test("a tab in the background says in turn who waits", async () => {
  vi.useFakeTimers({ now: 1_000 });
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  await act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
    now.value = new Date(1_000);
  });
  expect(document.title).toBe("(3) Visitor VISI is waiting");
  await act(() => {
    now.value = new Date(2_000);
  });
  expect(document.title).toBe("(3) Online · Acme");
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  vi.useRealTimers();
});
