import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";

import type { Status } from "../../shared/protocol.ts";
import { unknown } from "../model/workspace.ts";
import { BOB, makeConversation } from "../testing/make.ts";

const { accept } = vi.hoisted(() => ({ accept: vi.fn(() => Promise.resolve()) }));
vi.mock("../store/deeds.ts", () => ({ accept, accepting: { value: new Set() } }));

const { workspace } = await import("../store/state.ts");
const { AcceptButton } = await import("./AcceptButton.tsx");

test.each<[Status, number, boolean]>([
  ["online", 1, false],
  ["away", 1, false],
  ["invisible", 0, true],
])("while one is %s", async (status, times, isDisabled) => {
  accept.mockClear();
  await act(() => {
    workspace.value = { ...unknown, me: { ...BOB, status } };
    render(<AcceptButton id={7} />, document.body);
  });
  const button = document.querySelector("button")!;
  await act(() => {
    button.click();
  });
  expect(accept).toHaveBeenCalledTimes(times);
  expect(button.getAttribute("aria-disabled")).toBe(String(isDisabled));
  expect(button.title.includes("invisible")).toBe(isDisabled);
});

test("of another group's conversation it says whose it is", async () => {
  accept.mockClear();
  const waiting = makeConversation({ id: 7, taken_by: 3, group_name: "Sales" });
  await act(() => {
    workspace.value = { ...unknown, me: BOB, conversations: new Map([[7, waiting]]) };
    render(<AcceptButton id={7} />, document.body);
  });
  const button = document.querySelector("button")!;
  await act(() => {
    button.click();
  });
  expect(accept).not.toHaveBeenCalled();
  expect(button.title).toContain("Sales");
});
