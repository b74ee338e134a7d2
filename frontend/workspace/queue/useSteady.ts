import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Row } from "../model/rows.ts";

interface Hold {
  rows: readonly Row[];
  /** Another order or filter begins at the top. */
  look: unknown;
  /** The row under the pointer. */
  hovered: string | null;
  /** How far the rows were moved while the pointer stood on one at the very top. */
  pushed: number;
}

/**
 * Rows that come and go above must not move what one reads or is about to click: the frame scrolls along.
 * At the very top new rows show, unless the pointer stands on one; then they show once it is gone.
 */
export function useSteady(
  frame: RefObject<HTMLElement>,
  rows: readonly Row[],
  height: number,
  look: unknown,
): void {
  const hold = useRef<Hold>({ rows, look, hovered: null, pushed: 0 });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const over = (event: PointerEvent) => {
      const row = (event.target as Element).closest<HTMLElement>("[data-visitor]");
      hold.current.hovered = row?.dataset["visitor"] ?? null;
    };
    const out = () => {
      const { pushed } = hold.current;
      hold.current.hovered = null;
      hold.current.pushed = 0;
      if (pushed > 0 && element.scrollTop === pushed) element.scrollTop = 0;
    };
    element.addEventListener("pointerover", over);
    element.addEventListener("pointerleave", out);
    return () => {
      element.removeEventListener("pointerover", over);
      element.removeEventListener("pointerleave", out);
    };
  }, [frame]);

  useLayoutEffect(() => {
    const element = frame.current;
    const { rows: before, hovered } = hold.current;
    const isSameLook = hold.current.look === look;
    Object.assign(hold.current, { rows, look });
    if (!element || before === rows) return;
    if (!isSameLook) {
      element.scrollTop = hold.current.pushed = 0;
      return;
    }
    const top = element.scrollTop;
    const wasAtTop = top === hold.current.pushed;
    const from = anchor(before, hovered, wasAtTop ? null : Math.ceil(top / height));
    const moved = from === null ? 0 : shift(before, rows, from) * height;
    if (moved === 0) return;
    element.scrollTop = Math.max(0, top + moved);
    hold.current.pushed = wasAtTop ? element.scrollTop : 0;
  }, [frame, rows, height, look]);
}

function anchor(before: readonly Row[], hovered: string | null, first: number | null) {
  const at = hovered === null ? -1 : before.findIndex((each) => each.visitor === hovered);
  return at >= 0 ? at : first;
}

/** By how many places rows have moved, as the first unchanged one from there on tells. */
export function shift(before: readonly Row[], after: readonly Row[], from: number): number {
  for (let at = from; at < Math.min(before.length, from + TRIED); at++) {
    const now = after.indexOf(before[at] as Row);
    if (now >= 0) return now - at;
  }
  return 0;
}

const TRIED = 20;
