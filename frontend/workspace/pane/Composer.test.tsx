import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";

import { makeOwn } from "../testing/make.ts";

const { write } = vi.hoisted(() => ({ write: vi.fn() }));
vi.mock("../live/outbox.ts", () => ({ write }));

const { Composer } = await import("./Composer.tsx");

const area = () => document.querySelector("textarea")!;
const button = () => document.querySelector<HTMLButtonElement>("button[type=submit]")!;

const draw = (id = 1) =>
  act(() => {
    render(<Composer key={id} conversation={makeOwn({ id })} />, document.body);
  });

const type = (words: string) =>
  act(() => {
    area().value = words;
    area().dispatchEvent(new InputEvent("input", { bubbles: true }));
  });

async function press(key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  await act(() => {
    area().dispatchEvent(event);
  });
  return event;
}

beforeEach(async () => {
  write.mockClear();
  localStorage.clear();
  render(null, document.body);
  await draw();
});

test("its names are those that screen readers and tests know", () => {
  expect(area().getAttribute("aria-label")).toBe("Message");
  expect(button().textContent).toBe("Send");
});

test("Enter sends and empties", async () => {
  await type("  Hello \n");
  const event = await press("Enter");
  expect(write.mock.calls).toEqual([[1, "Hello"]]);
  expect(event.defaultPrevented).toBe(true);
  expect(area().value).toBe("");
});

test("the button sends", async () => {
  await type("Hello");
  await act(() => {
    button().click();
  });
  expect(write.mock.calls).toEqual([[1, "Hello"]]);
});

test("Shift+Enter is a new line", async () => {
  await type("Hello");
  const event = await press("Enter", { shiftKey: true });
  expect(event.defaultPrevented).toBe(false);
  expect(write).not.toHaveBeenCalled();
});

test.each([{ isComposing: true }, { keyCode: 229 }])(
  "Enter that ends a word of an input method sends nothing: %o",
  async (composing) => {
    await type("你好");
    await press("Enter", composing);
    expect(write).not.toHaveBeenCalled();
  },
);

test("blanks are not sent", async () => {
  await type(" \n ");
  await press("Enter");
  expect(write).not.toHaveBeenCalled();
});

test("each conversation has its draft, also after a reload", async () => {
  await type("for one");
  await draw(2);
  expect(area().value).toBe("");
  await type("for two");
  render(null, document.body);
  await draw(1);
  expect(area().value).toBe("for one");
});

test("what is sent is no draft any more", async () => {
  await type("Hello");
  await press("Enter");
  render(null, document.body);
  await draw();
  expect(area().value).toBe("");
});

test("it says when room is running out", async () => {
  await type("x".repeat(3_950));
  expect(document.body.textContent).toContain("50 characters left");
});
