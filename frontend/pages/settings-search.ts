/** The settings' navigation shows, while one types, what fits; Enter asks the server for a page of it. */
export function startSettingsSearch(page: Document): void {
  const field = page.querySelector<HTMLInputElement>(".settings-search input");
  field?.addEventListener("input", () => {
    narrow(page, field.value);
  });
}

function narrow(page: Document, typed: string): void {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  page.querySelectorAll<HTMLElement>(".settings-nav-list").forEach((list) => {
    const entries = [...list.querySelectorAll<HTMLElement>("li")];
    entries.forEach((entry) => {
      entry.hidden = !words.every((word) => toldBy(entry).includes(word));
    });
    const isEmpty = entries.every((entry) => entry.hidden);
    list.hidden = isEmpty;
    const heading = page.getElementById(list.getAttribute("aria-labelledby") ?? "");
    if (heading) heading.hidden = isEmpty;
  });
}

const toldBy = (entry: HTMLElement): string =>
  `${entry.textContent} ${entry.dataset["words"] ?? ""}`.toLowerCase();
