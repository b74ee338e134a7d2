import "../testing/page.ts";

import { beforeEach, expect, test, vi } from "vitest";

import { unknown } from "../model/workspace.ts";
import { BOB, makeOwn } from "../testing/make.ts";

const { look } = vi.hoisted(() => ({ look: vi.fn() }));
vi.mock("../store/deeds.ts", () => ({ look }));

const { workspace } = await import("../store/state.ts");
const { startKeys } = await import("./keys.ts");
const { isKeyListOpen } = await import("./open.ts");

startKeys();

function press(on: Element, key: string, more: KeyboardEventInit = {}): boolean {
  return on.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}

beforeEach(() => {
  look.mockClear();
  isKeyListOpen.value = false;
  const own = [makeOwn({ id: 1, unread: 0 }), makeOwn({ id: 2, unread: 2 })];
  const conversations = new Map(own.map((each) => [each.id, each]));
  workspace.value = { ...unknown, me: BOB, conversations };
});

test("Alt+Z goes to what is new, whatever letter Alt makes of it", () => {
  press(document.body, "Ω", { code: "KeyZ", altKey: true });
  expect(look.mock.calls).toEqual([[2]]);
});

test("a question mark lists the keys", () => {
  press(document.body, "?");
  expect(isKeyListOpen.value).toBe(true);
});

test("who writes a question mark has it written", () => {
  const area = document.body.appendChild(document.createElement("textarea"));
  expect(press(area, "?")).toBe(true);
  expect(isKeyListOpen.value).toBe(false);
});

test("other keys are left alone", () => {
  expect(press(document.body, "z", { code: "KeyZ" })).toBe(true);
  expect(look).not.toHaveBeenCalled();
});
