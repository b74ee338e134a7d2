import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test } from "vitest";

import { connectionState } from "../live/connection.ts";
import { roundTrip } from "../live/quality.ts";
import * as boards from "../model/board.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { isStatusBarHidden } from "../store/statusBar.ts";
import { BOB, makeConversation, makeVisitor } from "../testing/make.ts";
import { StatusBar } from "./StatusBar.tsx";

const bar = () => document.querySelector(".status-bar");
const open = { phase: "open", attempt: 0, retryAt: 0 } as const;

beforeEach(async () => {
  render(null, document.body);
  const visitors = [makeVisitor("v"), makeVisitor("w"), makeVisitor("gone", { left_at: 2_000 })];
  const board = boards.opened({ kind: "board", version: 1, visitors });
  await act(() => {
    isStatusBarHidden.value = false;
    connectionState.value = open;
    roundTrip.value = 24.4;
    const conversations = new Map([[1, makeConversation()]]);
    workspace.value = { ...unknown, me: BOB, board, conversations };
    render(<StatusBar />, document.body);
  });
});

test("everything at a glance", () => {
  const facts = [...document.querySelectorAll(".status-bar-facts > span")];
  expect(facts.map((each) => each.textContent)).toEqual([
    "Visitors now 2",
    "Waiting 1",
    "Company ID 10000001",
    "Standard",
    "paid in advance",
    "Paid until 1 Dec 2026",
    "bob, agent, Online",
  ]);
  expect(document.querySelector("summary")?.textContent).toContain("Excellent24 ms");
});

test("the quality says what it means, and where to look further", async () => {
  await act(() => {
    roundTrip.value = 450;
  });
  expect(document.querySelector(".status-bar-meaning")?.textContent).toContain("Answers take long");
  expect(document.querySelector(".menu-list a")?.getAttribute("href")).toBe("/c/10000001/check/");
});

test("without a connection there is no time to tell", async () => {
  await act(() => {
    connectionState.value = { phase: "waiting", attempt: 1, retryAt: 0 };
  });
  expect(document.querySelector("summary")?.textContent).toBe("Connection: Disconnected");
});

test("hidden, it stays hidden", async () => {
  await act(() => {
    document.querySelector<HTMLElement>(".menu-list button")?.click();
  });
  expect(bar()).toBeNull();
  expect(localStorage.getItem("parley:10000001:2:status-bar-hidden")).toBe("true");
});
