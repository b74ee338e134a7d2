/**
 * A form is sent once: until the answer is here its buttons wait. Coming back by the browser's
 * history finds them ready again, and what was typed is still there because the page was kept.
 * One that fetches a file stays on its page and may be sent again.
 */
export function startForms(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if ("download" in form.dataset) return;
    if (form.dataset["sent"] === "") event.preventDefault();
    else if (!event.defaultPrevented) mark(form);
  });
  page.defaultView?.addEventListener("pageshow", () => {
    page.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(unmark);
  });
  page.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}

// Not disabled: a disabled button would not send its own value.
function mark(form: HTMLFormElement): void {
  form.dataset["sent"] = "";
  buttonsOf(form).forEach((button) => {
    button.setAttribute("aria-busy", "true");
  });
}

function unmark(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  buttonsOf(form).forEach((button) => {
    button.removeAttribute("aria-busy");
  });
}

function buttonsOf(form: HTMLFormElement): NodeListOf<HTMLButtonElement> {
  return form.querySelectorAll<HTMLButtonElement>("button:not([type='button'])");
}
