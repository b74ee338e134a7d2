import { useLayoutEffect, useRef } from "preact/hooks";

import type { TextKey } from "../texts/index.ts";
import { isBoardReady, rows } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { rowHeight } from "../ui/rowHeight.ts";
import { useWindow } from "../ui/useWindow.ts";
import { QueueRow } from "./QueueRow.tsx";
import { QueueSkeleton } from "./QueueSkeleton.tsx";
import { act, destination, selected, selectedAt } from "./selection.ts";
import { useKeptFocus } from "./useKeptFocus.ts";

const columns: TextKey[] = ["state", "visitor", "page", "entered", "waiting", "agent"];

/** Only the rows in sight are drawn, and the chosen one, so that focus never falls out. */
export function QueueGrid() {
  const frame = useRef<HTMLDivElement>(null);
  const all = rows.value;
  const { from, to, page } = useWindow(frame, all.length, rowHeight.value);
  const chosen = selectedAt.value;
  const drawn = indexes(from, to, chosen);
  useKeptFocus(frame, selected.value);
  useSight(frame, chosen);

  function onKeyDown(event: KeyboardEvent) {
    const row = all[chosen];
    const to = destination(event.key, chosen, all.length - 1, page);
    if (to !== null) selected.value = all[to]?.visitor ?? null;
    else if (event.key === "Enter" && row) act(row);
    else return;
    event.preventDefault();
  }

  return (
    <div
      class="queue"
      role="grid"
      aria-label={t("visitors")}
      aria-rowcount={all.length + 1}
      aria-busy={!isBoardReady.value}
      ref={frame}
      onKeyDown={onKeyDown}
    >
      <Head />
      {!isBoardReady.value && <QueueSkeleton />}
      <div class="queue-rows" role="rowgroup" style={{ height: all.length * rowHeight.value }}>
        {drawn.map((at) => {
          const row = all[at];
          return row && <QueueRow key={row.visitor} row={row} at={at} isFirst={at === 0} />;
        })}
      </div>
    </div>
  );
}

function Head() {
  return (
    <div class="queue-columns" role="row" aria-rowindex={1}>
      {columns.map((column) => (
        <span key={column} class={`queue-column queue-${column}`} role="columnheader">
          {t(column)}
        </span>
      ))}
    </div>
  );
}

export function indexes(from: number, to: number, chosen: number): number[] {
  const seen = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (chosen < 0 || (chosen >= from && chosen < to)) return seen;
  return chosen < from ? [chosen, ...seen] : [...seen, chosen];
}

/** Scrolls just so far that the row one moved to can be seen below the head. */
function useSight(frame: { current: HTMLElement | null }, chosen: number): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element?.contains(document.activeElement) || chosen < 0) return;
    const top = chosen * rowHeight.value;
    const room = element.clientHeight - HEAD - rowHeight.value;
    const least = Math.max(0, top - room);
    element.scrollTop = Math.max(least, Math.min(element.scrollTop, top));
  }, [frame, selected.value]);
}

const HEAD = 28;
