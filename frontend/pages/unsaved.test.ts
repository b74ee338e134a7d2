import { beforeEach, expect, test, vi } from "vitest";

import { startUnsaved } from "./unsaved.ts";

const field = () => document.querySelector<HTMLInputElement>("[name=minutes]")!;
const form = () => document.querySelector("form")!;
const row = () => document.querySelector(".button-row")!;

function type(words: string): void {
  field().value = words;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

function leave(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

function open(errors = ""): void {
  document.body.innerHTML = `<div class="shell"><form class="form" method="post">
    <input name="csrfmiddlewaretoken" value="x"><input name="minutes" value="5">${errors}
    <div class="button-row"><button>Save</button></div></form></div>`;
  startUnsaved(document);
}

beforeEach(() => {
  open();
});

test("nothing is said while nothing is changed", () => {
  expect(row().textContent).toBe("Save");
  expect(leave()).toBe(false);
});

test("a change is told, and leaving asks", () => {
  type("6");
  expect(row().textContent).toContain("Unsaved changes");
  expect(leave()).toBe(true);
});

test("changed back is not changed", () => {
  type("6");
  type("5");
  expect(row().textContent).toBe("Save");
  expect(leave()).toBe(false);
});

test("discarding brings back what is saved", async () => {
  type("6");
  document.querySelector<HTMLButtonElement>("[data-unsaved]")?.click();
  await vi.waitFor(() => {
    expect(row().textContent).toBe("Save");
  });
  expect(field().value).toBe("5");
  expect(leave()).toBe(false);
});

test("a form that is being sent does not ask", () => {
  type("6");
  form().dataset["sent"] = "";
  expect(leave()).toBe(false);
});

test("what came back with errors is not saved", () => {
  open(`<ul class="errorlist"><li>Too many.</li></ul>`);
  expect(row().textContent).toContain("Unsaved changes");
  expect(leave()).toBe(true);
});

test.each(["password", "file"])("a %s is nothing to save", (type) => {
  document.body.innerHTML = `<div class="shell"><form class="form" method="post">
    <input name="minutes" type="${type}"><ul class="errorlist"><li>Wrong.</li></ul>
    <div class="button-row"><button>Save</button></div></form></div>`;
  startUnsaved(document);
  expect(row().textContent).toBe("Save");
  expect(leave()).toBe(false);
});
