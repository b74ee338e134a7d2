import { effect } from "@preact/signals";

import { recall, remember } from "../store/storage.ts";
import { isIdle } from "../store/state.ts";
import { connection, connectionState } from "./connection.ts";

/** The server is told no more often than this, by all tabs together. */
const EVERY = 20_000;
/** One who is away for want of activity is told of at once, but not with each move of the mouse. */
const AT_ONCE = 1_000;
const LONGEST = 86_400;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];

let activeAt = 0;
let triedAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Notes that somebody is there: keyboard, mouse or touch in this tab. */
export function startActivity(): void {
  activeAt = recall("active", 0);
  SIGNS.forEach((sign) => {
    addEventListener(sign, touch, { capture: true, passive: true });
  });
  addEventListener("pagehide", keep);
  if (isOpenedByHand()) activeAt = Date.now();
  effect(() => {
    if (connectionState.value.phase === "open" && activeAt > 0) tell();
  });
}

export function touch(): void {
  activeAt = Date.now();
  if (isIdle.peek()) hurry();
  else timer ??= setTimeout(tellUnlessTold, Math.max(0, toldAt() + EVERY - activeAt));
}

function hurry(): void {
  if (Date.now() - triedAt >= AT_ONCE) tell();
}

/** Another tab may have told the same meanwhile. */
function tellUnlessTold(): void {
  timer = undefined;
  if (activeAt > toldAt()) tell();
}

function tell(): void {
  triedAt = Date.now();
  const seconds = (triedAt - activeAt) / 1_000;
  const seconds_ago = Math.min(LONGEST, Math.max(0, seconds));
  if (connectionState.peek().phase !== "open") return;
  keep();
  remember("active-told", triedAt);
  connection.ask({ type: "activity.note", seconds_ago }).catch(() => undefined);
}

// A clock that was set back would silence every tab until it has caught up.
function toldAt(): number {
  return Math.min(recall("active-told", 0), Date.now());
}

/** The next page goes on from here. */
function keep(): void {
  remember("active", activeAt);
}

/** A page that reloads itself, for a newer version, is no sign of anybody. */
function isOpenedByHand(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  const type = (entry as PerformanceNavigationTiming | undefined)?.type;
  return type === "navigate" && document.hasFocus();
}
