const SECOND = 1_000;
const LONGEST = 30 * SECOND;

/** A server that was restarted is back within so many. */
const QUICK = 3;

/** How long to wait before an attempt: 1, 1, 1, 2, 4 … 30 s, spread so that not all browsers come at once. */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  const growing = Math.min(LONGEST, SECOND * 2 ** Math.max(0, attempt - QUICK));
  return growing * (0.5 + random());
}
