import { effect, signal } from "@preact/signals";

import { want } from "./link.ts";
import { conversation, entries, hasFocus, isOpen } from "./state.ts";

/** Whether the newest words are in sight, rather than scrolled away. */
export const isAtEnd = signal(true);
const isVisible = signal(document.visibilityState === "visible");

/** Tells how far the visitor has read: what is in sight of somebody who looks. */
export function noteReading(): void {
  document.addEventListener("visibilitychange", () => {
    isVisible.value = document.visibilityState === "visible";
  });
  addEventListener("focus", () => {
    hasFocus.value = true;
  });
  let read = "";
  effect(() => {
    const isSeen = isOpen.value && isVisible.value && hasFocus.value && isAtEnd.value;
    const last = entries.value[entries.value.length - 1]?.number ?? 0;
    const upTo = `${conversation.value?.id ?? 0}: ${last}`;
    if (!isSeen || !last || upTo === read) return;
    read = upTo;
    want({ does: "read", number: last });
  });
}
