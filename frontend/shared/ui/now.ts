import { signal } from "@preact/signals";

const SECOND = 1_000;

/** The present second, for what counts up on the screen. */
export const now = signal(new Date());

/** Lets `now` run; call once for a page. A page in the background catches up when looked at. */
export function startClock(): void {
  const tick = () => {
    now.value = new Date();
  };
  setInterval(tick, SECOND);
  document.addEventListener("visibilitychange", tick);
}
