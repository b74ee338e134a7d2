import { fill } from "../shared/texts.ts";
import { texts } from "./texts/index.ts";

/** A form with rows to tick: one box ticks all of the page, and what can be done with them comes with the first. */
export function startBulk(page: Document): void {
  page.querySelectorAll<HTMLFormElement>("form[data-bulk]").forEach(start);
}

function start(form: HTMLFormElement): void {
  const all = form.querySelector<HTMLInputElement>("[data-bulk-all]");
  if (all) all.hidden = rows(form).length === 0;
  form.addEventListener("change", (event) => {
    if (event.target === all && all) tickAll(form, all.checked);
    show(form, all);
  });
  // Coming back by the browser's history finds boxes as they were left.
  form.ownerDocument.defaultView?.addEventListener("pageshow", () => {
    show(form, all);
  });
  show(form, all);
}

function rows(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>("tbody input[type='checkbox']")];
}

function tickAll(form: HTMLFormElement, ticked: boolean): void {
  rows(form).forEach((row) => {
    row.checked = ticked;
  });
}

function show(form: HTMLFormElement, all: HTMLInputElement | null): void {
  const ticked = rows(form).filter((row) => row.checked).length;
  if (all) {
    all.checked = ticked > 0 && ticked === rows(form).length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  const count = form.querySelector<HTMLElement>("[data-bulk-count]");
  const bar = count?.closest<HTMLElement>(".bulk-bar");
  if (count)
    count.textContent = ticked === 0 ? texts().tickFirst : fill(texts().ticked, { count: ticked });
  if (bar) bar.dataset["ticked"] = String(ticked);
}
