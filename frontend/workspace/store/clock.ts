import { computed, signal } from "@preact/signals";

/** The time, by the second: everything that counts up reads this one. */
export const now = signal(Date.now());
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);

export function startClock(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 1_000);
}
