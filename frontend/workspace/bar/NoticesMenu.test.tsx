import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import type { Notice } from "../../shared/protocol.ts";
import { toasts } from "../../shared/ui/toasts.ts";
import { connection } from "../live/connection.ts";
import { wantsToRead } from "../live/noticing.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { BOB } from "../testing/make.ts";
import { NoticesMenu } from "./NoticesMenu.tsx";

const notice: Notice = {
  id: 7,
  version: 2,
  title: "Tonight",
  text: "See https://acme.example/ <b>now</b>",
  author: "Alice",
  at: 1_000,
};
const menu = () => document.querySelector("details")!;
const read = () => menu().querySelector<HTMLButtonElement>(".notices-item button")!;

async function show(notices: Notice[], answers = 0): Promise<void> {
  await act(() => {
    workspace.value = { ...unknown, me: BOB, notices, answers };
    render(<NoticesMenu />, document.body);
  });
}

beforeEach(() => {
  vi.restoreAllMocks();
  toasts.value = [];
  render(null, document.body);
});

test("the chip counts what is unread, notices and answers", async () => {
  await show([notice], 1);
  expect(menu().querySelector("summary")?.textContent).toBe("Notices2");
  expect(menu().textContent).toContain("Answers of the operator: 1");
  await show([]);
  expect(menu().textContent).toContain("No unread notices.");
  expect(menu().querySelector(".chip--new")).toBeNull();
});

test("a notice is text with live links", async () => {
  await show([notice]);
  expect(menu().querySelector("p a")?.getAttribute("href")).toBe("https://acme.example/");
  expect(menu().querySelector("b")).toBeNull();
  expect(menu().textContent).toContain("<b>now</b>");
});

test("reading it says which version was read, and it is gone at once", async () => {
  const ask = vi.spyOn(connection, "ask").mockResolvedValue(null);
  await show([notice]);
  await act(() => {
    read().click();
  });
  expect(ask).toHaveBeenCalledWith({ type: "notice.read", notice_id: 7, version: 2 });
  expect(workspace.value.notices).toEqual([]);
});

test("where that fails it is unread again, and one is told", async () => {
  vi.spyOn(connection, "ask").mockRejectedValue(new Error("lost"));
  await show([notice]);
  await act(async () => {
    read().click();
    await Promise.resolve();
  });
  expect(workspace.value.notices).toEqual([notice]);
  expect(toasts.value).toHaveLength(1);
});

test("it opens for whoever wants to read", async () => {
  await show([notice]);
  expect(menu().open).toBe(false);
  await act(() => {
    wantsToRead.value += 1;
  });
  expect(menu().open).toBe(true);
});
