import { effect } from "@preact/signals";

import { connectionState } from "./connection.ts";

/** Silence longer than between two heartbeats: the computer slept, or the browser froze the page. */
const SILENCE = 40_000;

let heardAt = Date.now();
let goneAt = heardAt;
let goneFor = 0;

export function heardSomething(): void {
  heardAt = Date.now();
}

/** For how long the connection was last gone, in milliseconds. */
export function lastGap(): number {
  return goneFor;
}

export function startGaps(): void {
  let wasOpen = false;
  effect(() => {
    const isOpen = connectionState.value.phase === "open";
    const now = Date.now();
    if (wasOpen && !isOpen) goneAt = now - heardAt > SILENCE ? heardAt : now;
    if (!wasOpen && isOpen) goneFor = now - goneAt;
    wasOpen = isOpen;
  });
}
