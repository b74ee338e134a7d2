const YEAR = 31_536_000;

/**
 * Buttons with data-theme-choice choose light, dark or, when empty, the system's look. A cookie
 * keeps the choice, so that the server draws the next page rightly from its first moment.
 */
export function startTheme(page: Document): void {
  const buttons = [...page.querySelectorAll<HTMLElement>("[data-theme-choice]")];
  const show = () => {
    const chosen = page.documentElement.dataset["theme"] ?? "";
    buttons.forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset["themeChoice"] === chosen));
    });
  };
  buttons.forEach((button) => {
    button.addEventListener("click", () => {
      apply(page, button.dataset["themeChoice"] ?? "");
      show();
    });
  });
  show();
}

function apply(page: Document, theme: string): void {
  if (theme) page.documentElement.dataset["theme"] = theme;
  else delete page.documentElement.dataset["theme"];
  const age = theme ? YEAR : 0;
  page.cookie = `parley_theme=${theme}; path=/; max-age=${String(age)}; samesite=lax`;
}
