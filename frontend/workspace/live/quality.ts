import { computed, effect, signal } from "@preact/signals";

import { now } from "../store/clock.ts";
import { connection, connectionState, roundTrips } from "./connection.ts";

export type Quality = "excellent" | "fair" | "poor" | "disconnected";

/** After a greeting the first measure is not left to the next heartbeat. */
const BURST = 3;
const BURST_PAUSE = 400;
/** How much of the newest measure counts: one slow answer alone says little. */
const WEIGHT = 0.4;
const SHAKY_FOR = 60_000;
const EXCELLENT_BELOW = 100;
const FAIR_BELOW = 300;

/** Milliseconds there and back, smoothed; null until it is measured. */
export const roundTrip = signal<number | null>(null);
/** When an answer was last missed and the connection lost with it. */
const lostAt = signal(-Infinity);

export const isShaky = computed(() => now.value - lostAt.value < SHAKY_FOR);

export const quality = computed<Quality | null>(() => {
  if (connectionState.value.phase !== "open") return "disconnected";
  if (isShaky.value) return "poor";
  return roundTrip.value === null ? null : qualityOf(roundTrip.value);
});

export function qualityOf(milliseconds: number): Exclude<Quality, "disconnected"> {
  if (milliseconds < EXCELLENT_BELOW) return "excellent";
  return milliseconds < FAIR_BELOW ? "fair" : "poor";
}

export function smoothed(before: number | null, newest: number): number {
  return before === null ? newest : before * (1 - WEIGHT) + newest * WEIGHT;
}

export function startMeasuring(): void {
  let measured = 0;
  let wasOpen = false;
  roundTrips.hear = (milliseconds) => {
    roundTrip.value = smoothed(roundTrip.peek(), milliseconds);
    measured += 1;
    if (measured < BURST) checkSoon();
  };
  effect(() => {
    const isOpen = connectionState.value.phase === "open";
    if (wasOpen && !isOpen) lostAt.value = Date.now();
    if (!wasOpen && isOpen) {
      roundTrip.value = null;
      measured = 0;
      checkSoon();
    }
    wasOpen = isOpen;
  });
}

function checkSoon(): void {
  setTimeout(() => {
    connection.check();
  }, BURST_PAUSE);
}
