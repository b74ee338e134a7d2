import { computed, signal } from "@preact/signals";

import type { Row } from "../model/rows.ts";
import { accept, look } from "../store/deeds.ts";
import { page } from "../store/page.ts";
import { show } from "../store/panes.ts";
import { rowOf, rows } from "../store/queue.ts";

export const selected = signal<string | null>(null);

/** Its place, or -1. */
export const selectedAt = computed(() => {
  const row = selected.value === null ? undefined : rowOf(selected.value);
  return row ? rows.value.indexOf(row) : -1;
});

/** Where the keys lead from a row; null for other keys. */
export function destination(key: string, at: number, last: number, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const to = steps[key];
  return to === undefined ? null : Math.max(0, Math.min(last, to));
}

/** What double-click and Enter do: whatever the row's state calls for. An operator on a visit only looks. */
export function act(row: Row): void {
  if (!row.conversation) return;
  if (page.is_visiting) {
    look(row.conversation.id);
    return;
  }
  if (row.state === "requesting") void accept(row.conversation.id);
  if (row.state === "mine") show(row.conversation.id);
}
