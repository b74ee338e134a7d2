import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import { connectionState } from "../live/connection.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { BOB, makeConversation, makeOwn } from "../testing/make.ts";
import { QuickBar } from "./QuickBar.tsx";
import { StatusMenu } from "./StatusMenu.tsx";
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
  ]);
  chips()[0]?.click();
  chips()[1]?.click();
  expect(onGo.mock.calls).toEqual([[1], [2]]);
  expect(chips()[2]?.getAttribute("href")).toBe("/c/10000001/offline-messages/");
});

test("with nothing new nothing pulses and nothing can be pressed", async () => {
  await show();
  expect(chips().map((each) => each.classList.contains("chip--new"))).toEqual([false, false, true]);
  expect(chips()[0]?.tagName).toBe("SPAN");
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
  expect(document.querySelector("summary")?.textContent).toContain("Offline");
});

test("the menu offers what one may choose", () => {
  const items = [...document.querySelectorAll(".menu-item")];
  expect(items.map((each) => each.textContent)).toEqual([
    "OnlineTakes new conversations",
    "BusyVisitors can wait for you",
    "AwayFinish what you have, take nothing new",
  ]);
  expect(items.map((each) => each.getAttribute("aria-pressed"))).toEqual([
    "true",
    "false",
    "false",
  ]);
});
