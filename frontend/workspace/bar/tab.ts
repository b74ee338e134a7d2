import { effect } from "@preact/signals";

import type { Status } from "../../shared/protocol.ts";
import { connectionState } from "../live/connection.ts";
import { page } from "../store/page.ts";
import { myStatus, requests, unread } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { favicon } from "./favicon.ts";

/** The tab says how much waits and as what one is there; offline as soon as the connection is lost. */
export function startTab(words = page.company_name): void {
  effect(() => {
    const isThere = connectionState.value.phase === "open";
    const count = requests.value.length + unread.value;
    const status = isThere ? (myStatus.value ?? "offline") : "offline";
    document.title = titleOf(isThere ? count : 0, status, words);
    icon().href = favicon(isThere ? count : 0, status);
  });
}

export function titleOf(count: number, status: Status, words: string): string {
  const title = `${t(status)} · ${words}`;
  return count > 0 ? `(${count}) ${title}` : title;
}

function icon(): HTMLLinkElement {
  const known = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (known) return known;
  const link = document.createElement("link");
  link.rel = "icon";
  document.head.append(link);
  return link;
}
