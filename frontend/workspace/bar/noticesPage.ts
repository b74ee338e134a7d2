import { effect } from "@preact/signals";

import { noticeNews } from "../live/noticing.ts";

/** The page of notices is read anew when one comes, goes or is read elsewhere: it never tells what is over. */
export function startNoticesPage(page: Document): void {
  const list = page.querySelector<HTMLElement>("[data-notices]");
  if (!list) return;
  let shown = noticeNews.peek();
  effect(() => {
    if (noticeNews.value === shown) return;
    shown = noticeNews.value;
    void readAnew(list, () => shown === noticeNews.peek());
  });
}

async function readAnew(list: HTMLElement, isNewest: () => boolean): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: "text/html" } }).catch(
    () => null,
  );
  if (!response?.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = fresh.querySelector("[data-notices]");
  if (!found || !isNewest()) return;
  const held = list.querySelector(":focus")?.closest("[id]")?.id;
  list.replaceChildren(...found.childNodes);
  if (held) document.getElementById(held)?.querySelector<HTMLElement>("button, a")?.focus();
}
