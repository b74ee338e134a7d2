import { computed, effect, signal } from "@preact/signals";

import type { Conversation, Status } from "../../shared/protocol.ts";
import { connectionState } from "../live/connection.ts";
import { now } from "../store/clock.ts";
import { page } from "../store/page.ts";
import { myStatus, requests, unread } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { favicon } from "./favicon.ts";

const isHidden = signal(document.visibilityState === "hidden");
document.addEventListener("visibilitychange", () => {
  isHidden.value = document.visibilityState === "hidden";
});
/** Every other second, while somebody waits whom nobody looks at. */
const isFlashing = computed(
  () => isHidden.value && requests.value.length > 0 && Math.floor(now.value / 1_000) % 2 === 1,
);

/**
 * The tab says how much waits and as what one is there; offline as soon as the connection is lost. In the
 * background it says in turn who waits.
 */
export function startTab(words = page.company_name): void {
  effect(() => {
    const isThere = connectionState.value.phase === "open";
    const count = requests.value.length + unread.value;
    const status = isThere ? (myStatus.value ?? "offline") : "offline";
    const [first] = requests.value;
    document.title =
      isThere && first && isFlashing.value
        ? waitingTitle(count, first)
        : titleOf(isThere ? count : 0, status, words);
    icon().href = favicon(isThere ? count : 0, status);
  });
}

function waitingTitle(count: number, first: Conversation): string {
  return `(${count}) ${t("isWaiting", { name: visitorName(first) })}`;
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
