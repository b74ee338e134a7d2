import { useMemo, useState } from "preact/hooks";

import type { Entry } from "../../shared/protocol.ts";

/** So many entries are drawn at once, and the reach moves in such steps. */
const DRAWN = 300;
const STEP = 100;
const NEAR = 600;

/** The part of a log worth drawing: the newest, or what surrounds the place one has scrolled to. */
export function useReach(entries: readonly Entry[]) {
  // Null follows the newest.
  const [end, setEnd] = useState<number | null>(null);
  const to = Math.min(end ?? entries.length, entries.length);
  const from = Math.max(0, to - DRAWN);
  const part = useMemo(() => entries.slice(from, to), [entries, from, to]);

  function move(frame: HTMLElement) {
    const below = frame.scrollHeight - frame.scrollTop - frame.clientHeight;
    if (frame.scrollTop < NEAR && from > 0) setEnd(to - STEP);
    else if (below < NEAR && to < entries.length) setEnd(down(to, entries.length));
  }

  function follow() {
    setEnd(null);
  }

  return { part, hasMoreBelow: to < entries.length, move, follow };
}

function down(to: number, last: number): number | null {
  return to + STEP >= last ? null : to + STEP;
}
