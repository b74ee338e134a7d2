import { texts } from "./texts/index.ts";

/** What somebody types to keep: no password, code or file, which nobody can bring back. */
const KEPT =
  ":is(input:not([type='hidden'], [hidden], [type='password'], [type='file'], [autocomplete='one-time-code']), select, textarea)";

/**
 * Forms of agents' pages say when something in them is not saved, keep their buttons in sight until it is, and the
 * browser asks before the page is left. What was typed is compared, so that changing it back is no change.
 */
export function startUnsaved(page: Document): void {
  const forms = [
    ...page.querySelectorAll<HTMLFormElement>(`.shell form.form[method='post']:has(${KEPT})`),
  ];
  const saved = new Map(forms.map((form) => [form, valuesOf(form)]));
  const look = (form: HTMLFormElement): void => {
    show(form, valuesOf(form) !== saved.get(form));
  };
  forms.forEach((form) => {
    form.addEventListener("input", () => {
      look(form);
    });
    form.addEventListener("reset", () => {
      // Told before it is done.
      setTimeout(() => {
        look(form);
      });
    });
    // What came back with errors is not saved either.
    if (form.querySelector(".errorlist")) show(form, true);
  });
  page.defaultView?.addEventListener("beforeunload", (event) => {
    if (forms.some(isLeftBehind)) event.preventDefault();
  });
}

const isLeftBehind = (form: HTMLFormElement): boolean =>
  form.isConnected && form.dataset["changed"] === "" && form.dataset["sent"] !== "";

function valuesOf(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(
    fields.map(([name, value]) => [
      name,
      value instanceof File ? [value.name, value.size, value.lastModified] : value,
    ]),
  );
}

function show(form: HTMLFormElement, isChanged: boolean): void {
  if (isChanged === (form.dataset["changed"] === "")) return;
  if (isChanged) form.dataset["changed"] = "";
  else delete form.dataset["changed"];
  const row = form.querySelector(".button-row:last-of-type");
  row?.querySelectorAll("[data-unsaved]").forEach((each) => {
    each.remove();
  });
  if (isChanged) row?.append(discard(form), words());
}

function discard(form: HTMLFormElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "reset";
  button.className = "button button--quiet";
  button.dataset["unsaved"] = "";
  button.textContent = texts().discard;
  // Errors belong to what was typed; the page as it is saved has none.
  if (form.querySelector(".errorlist")) {
    button.type = "button";
    button.addEventListener("click", () => {
      delete form.dataset["changed"];
      location.assign(location.href);
    });
  }
  return button;
}

function words(): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = "quiet";
  span.role = "status";
  span.dataset["unsaved"] = "";
  span.textContent = texts().unsaved;
  return span;
}
