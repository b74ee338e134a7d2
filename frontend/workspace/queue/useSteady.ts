import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Row } from "../model/rows.ts";

interface Hold {
  rows: readonly Row[];
  /** Another order or filter begins at the top. */
  look: unknown;
  /** Where the frame was scrolled to last: asking it would have the browser lay everything out at once. */
  top: number;
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
  const hold = useRef<Hold>({ rows, look, top: 0, hovered: null, pushed: 0 });

  useLayoutEffect(() => (frame.current ? watch(frame.current, hold.current) : undefined), [frame]);
  useLayoutEffect(() => {
    const before = hold.current.rows;
    const isSameLook = hold.current.look === look;
    Object.assign(hold.current, { rows, look });
    if (!frame.current || before === rows) return;
    if (isSameLook) keep(frame.current, hold.current, before, height);
    else scroll(frame.current, hold.current, 0, 0);
  }, [frame, rows, height, look]);
}

function watch(element: HTMLElement, hold: Hold): () => void {
  const listener = new AbortController();
  const { signal } = listener;
  const listen = { signal, passive: true };
  element.addEventListener(
    "scroll",
    () => {
      hold.top = element.scrollTop;
    },
    listen,
  );
  element.addEventListener(
    "pointerover",
    (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[data-visitor]");
      hold.hovered = row?.dataset["visitor"] ?? null;
    },
    listen,
  );
  element.addEventListener(
    "pointerleave",
    () => {
      hold.hovered = null;
      const isPushed = hold.pushed > 0 && element.scrollTop === hold.pushed;
      if (isPushed) scroll(element, hold, 0, 0);
    },
    listen,
  );
  return () => {
    listener.abort();
  };
}

function keep(element: HTMLElement, hold: Hold, before: readonly Row[], height: number): void {
  const isAtTop = hold.top === hold.pushed;
  const from = anchor(before, hold.hovered, isAtTop ? null : Math.ceil(hold.top / height));
  const moved = from === null ? 0 : shift(before, hold.rows, from) * height;
  if (moved === 0) return;
  const to = Math.max(0, element.scrollTop + moved);
  scroll(element, hold, to, isAtTop ? to : 0);
}

function scroll(element: HTMLElement, hold: Hold, to: number, pushed: number): void {
  element.scrollTop = to;
  hold.top = to;
  hold.pushed = pushed;
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
