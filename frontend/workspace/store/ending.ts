import { signal } from "@preact/signals";

import { end } from "./deeds.ts";

export const GRACE = 3_000;

/** Conversations about to end, and when: a slip of the hand can be taken back. */
export const ending = signal<ReadonlyMap<number, number>>(new Map());
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function beginEnd(id: number): void {
  if (ending.value.has(id)) return;
  ending.value = new Map(ending.value).set(id, Date.now() + GRACE);
  timers.set(
    id,
    setTimeout(() => {
      endNow(id);
    }, GRACE),
  );
}

export function endNow(id: number): void {
  keepTalking(id);
  void end(id);
}

export function keepTalking(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  ending.value = new Map([...ending.value].filter(([each]) => each !== id));
}

// Who leaves the page has meant it.
addEventListener("pagehide", () => {
  [...ending.value.keys()].forEach(endNow);
});
