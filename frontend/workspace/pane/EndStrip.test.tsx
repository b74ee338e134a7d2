import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { makeOwn } from "../testing/make.ts";

const { end } = vi.hoisted(() => ({ end: vi.fn(() => Promise.resolve()) }));
vi.mock("../store/deeds.ts", () => ({ end, accept: vi.fn(), accepting: { value: new Set() } }));

const { keepTalking } = await import("../store/ending.ts");
const { EndStrip } = await import("./EndStrip.tsx");
const { PaneDeed } = await import("./PaneDeed.tsx");

const buttons = () => [...document.querySelectorAll("button")];
const click = (name: string) =>
  act(() => {
    buttons()
      .find((each) => each.textContent === name)!
      .click();
  });

beforeEach(async () => {
  vi.useFakeTimers();
  end.mockClear();
  const conversation = makeOwn({ visitor_name: "Vera" });
  await act(() => {
    render(
      <>
        <PaneDeed conversation={conversation} />
        <EndStrip conversation={conversation} />
      </>,
      document.body,
    );
  });
  await click("End");
});

afterEach(() => {
  keepTalking(1);
  vi.useRealTimers();
});

test("End says what it is about to do, and does it", async () => {
  expect(document.body.textContent).toContain("The chat with Vera ends in 3 s.");
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(end.mock.calls).toEqual([[1]]);
});

test("a slip of the hand is taken back", async () => {
  await click("Keep talking");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(end).not.toHaveBeenCalled();
});

test.each(["End now", "End"])("%s does not wait, and ends once", async (name) => {
  await click(name);
  expect(end).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(end).toHaveBeenCalledTimes(1);
});

test("who leaves the page has meant it", () => {
  window.dispatchEvent(new Event("pagehide"));
  expect(end).toHaveBeenCalledTimes(1);
});
