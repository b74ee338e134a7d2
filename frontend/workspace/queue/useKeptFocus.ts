import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Rows that change places lose the browser's focus; whoever was in the grid stays on the chosen row. */
export function useKeptFocus(frame: RefObject<HTMLElement>, chosen: string | null): void {
  // Read while drawing, so before anything has moved.
  const wasInside = frame.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (wasInside && chosen) focusOn(frame.current, chosen);
  });
}

function focusOn(frame: HTMLElement | null, visitor: string): void {
  const row = frame?.querySelector<HTMLElement>(`[data-visitor="${CSS.escape(visitor)}"]`);
  if (row && row !== document.activeElement) row.focus({ preventScroll: true });
}
