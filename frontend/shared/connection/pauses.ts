const SECOND = 1_000;
const LONGEST = 30 * SECOND;

/** How long to wait before an attempt: 1, 2, 4 … 30 s, spread so that not all browsers come at once. */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  const growing = Math.min(LONGEST, SECOND * 2 ** (attempt - 1));
  return growing * (0.5 + random());
}
