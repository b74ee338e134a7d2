import { beforeEach, expect, test } from "vitest";

import { startBulk } from "./bulk.ts";

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const rows = () => [...document.querySelectorAll<HTMLInputElement>("tbody input")];
const all = () => document.querySelector<HTMLInputElement>("[data-bulk-all]")!;
const bar = () => find(".bulk-bar").dataset["ticked"];

beforeEach(() => {
  document.body.innerHTML = `
    <form data-bulk>
      <fieldset class="bulk-bar"><span data-bulk-count>With the ticked ones:</span></fieldset>
      <table>
        <thead><tr><th><input type="checkbox" data-bulk-all hidden></th></tr></thead>
        <tbody><tr><td><input type="checkbox"></td></tr><tr><td><input type="checkbox"></td></tr></tbody>
      </table>
    </form>`;
  startBulk(document);
});

function tick(box: HTMLInputElement | undefined): void {
  box?.click();
}

test("nothing is ticked at first", () => {
  expect(bar()).toBe("0");
  expect(all().hidden).toBe(false);
});

test("a tick is counted, and the box of all knows of it", () => {
  tick(rows()[0]);
  expect(bar()).toBe("1");
  expect(find("[data-bulk-count]").textContent).toBe("1 ticked");
  expect(all().indeterminate).toBe(true);
});

test("one box ticks all and unticks them", () => {
  tick(all());
  expect(rows().map((row) => row.checked)).toEqual([true, true]);
  expect(all().indeterminate).toBe(false);
  tick(all());
  expect(bar()).toBe("0");
});

test("the last tick by hand is all of them", () => {
  rows().forEach(tick);
  expect(all().checked).toBe(true);
});
