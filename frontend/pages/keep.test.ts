import { beforeEach, expect, test, vi } from "vitest";

import { startKeeping } from "./keep.ts";

startKeeping(document);

beforeEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = `<pre id="codes">1234-5678</pre>
    <button data-download="codes" data-download-name="parley-1.txt">Download</button>
    <button data-print>Print</button>`;
});

test("the text becomes a file with the name the page says", async () => {
  let kept: Blob | undefined;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    kept = blob as Blob;
    return "blob:x";
  });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  document.querySelector<HTMLElement>("[data-download]")!.click();
  expect(names).toEqual(["parley-1.txt"]);
  expect(await kept?.text()).toBe("1234-5678\n");
});

test("the page is printed", () => {
  const print = vi.fn();
  window.print = print;
  document.querySelector<HTMLElement>("[data-print]")!.click();
  expect(print).toHaveBeenCalledOnce();
});
