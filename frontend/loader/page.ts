import type { Page } from "../shared/protocol.ts";

/** The page as the visitor's browser names it, cut to what the server takes. */
export function currentPage(): Page {
  return { url: wellFormed(location.href, 2_000), title: wellFormed(document.title, 300) };
}

/** Without halves of characters and without nulls: the server refuses both. */
export function wellFormed(text: string, longest: number): string {
  const clean = text.replace(/[\ud800-\udfff\0]/gu, "");
  return Array.from(clean).slice(0, longest).join("");
}

/** Calls back after each move to another address within the page. The site's own calls work as before. */
export function onPageChange(changed: () => void): void {
  let url = location.href;
  // The title usually follows the address a moment later.
  const look = () => {
    setTimeout(() => {
      if (url === location.href) return;
      url = location.href;
      changed();
    }, 200);
  };
  wrap("pushState", look);
  wrap("replaceState", look);
  addEventListener("popstate", look);
  addEventListener("hashchange", look);
}

function wrap(name: "pushState" | "replaceState", after: () => void): void {
  const original = history[name].bind(history);
  history[name] = (...args: Parameters<History["pushState"]>) => {
    original(...args);
    after();
  };
}
