/** Menus are <details class="menu">: they close by Escape, a click elsewhere, or leaving by Tab. */
export function startMenus(page: Document): void {
  page.addEventListener("click", (event) => {
    closeAllBut(page, menuAround(event.target));
  });
  page.addEventListener("focusin", (event) => {
    closeAllBut(page, menuAround(event.target));
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(openMenus(page)[0]);
  });
}

function openMenus(page: Document): HTMLDetailsElement[] {
  return [...page.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
}

function menuAround(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("details.menu") : null;
}

function closeAllBut(page: Document, kept: Element | null): void {
  openMenus(page)
    .filter((menu) => menu !== kept)
    .forEach((menu) => {
      menu.open = false;
    });
}

function leave(menu: HTMLDetailsElement | undefined): void {
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
