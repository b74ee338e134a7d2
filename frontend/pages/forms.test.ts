import { beforeEach, expect, test } from "vitest";

import { startForms } from "./forms.ts";

const form = () => document.querySelector("form")!;
const button = () => document.querySelector("button")!;

function submit(): Event {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  form().dispatchEvent(event);
  return event;
}

beforeEach(() => {
  document.body.innerHTML = `<form><input name="a"><input name="b" aria-invalid="true">
    <button>Save</button></form>`;
});

startForms(document);

test("a form is sent once", () => {
  expect(submit().defaultPrevented).toBe(false);
  expect(button().getAttribute("aria-busy")).toBe("true");
  expect(submit().defaultPrevented).toBe(true);
});

test("the button that sends is not disabled, so that its value is sent", () => {
  submit();
  expect(button().disabled).toBe(false);
});

test("a form that fetches a file may be sent again", () => {
  form().dataset["download"] = "";
  submit();
  expect(submit().defaultPrevented).toBe(false);
});

test("coming back to the page makes the form ready again", () => {
  submit();
  window.dispatchEvent(new Event("pageshow"));
  expect(button().hasAttribute("aria-busy")).toBe(false);
  expect(submit().defaultPrevented).toBe(false);
});

test("a form that a script takes for itself is left alone", () => {
  const take = (event: Event) => {
    event.preventDefault();
  };
  form().addEventListener("submit", take);
  submit();
  expect(button().hasAttribute("aria-busy")).toBe(false);
});

test("the first field in trouble is where one goes on typing", () => {
  startForms(document);
  expect(document.activeElement).toBe(document.querySelector("[name=b]"));
});
