import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { startCopying } from "./copy.ts";

const page = document.implementation.createHTMLDocument();
const button = () => page.querySelector("button")!;
const settled = () => vi.advanceTimersByTimeAsync(0);

startCopying(page);

beforeEach(() => {
  vi.useFakeTimers();
  page.body.innerHTML = `<pre id="code">&lt;script&gt;</pre>
    <button data-copy="code"><svg></svg><span data-copy-words>Copy</span></button>`;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the text is copied as it reads", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  button().click();
  await settled();
  expect(write).toHaveBeenCalledWith("<script>");
  expect(button().textContent).toBe("Copied");
});

test("the button's own word comes back, also after two clicks", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  button().click();
  await settled();
  button().click();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(button().textContent).toBe("Copy");
  expect(button().querySelector("svg")).not.toBeNull();
});

test("without a clipboard it says how to copy", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  button().click();
  await settled();
  expect(button().textContent).toBe("Press Ctrl+C to copy");
});
