import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Column } from "../model/order.ts";
import { isPhone } from "../store/panes.ts";
import { rows } from "../store/queue.ts";
import { isBoardReady } from "../store/state.ts";
import { look, view } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { useWindow } from "../ui/useWindow.ts";
import { facts } from "./columns.ts";
import { focusFilter } from "./focus.ts";
import { height } from "./height.ts";
import { QueueHeads } from "./QueueHeads.tsx";
import { QueueRow } from "./QueueRow.tsx";
import { QueueSkeleton } from "./QueueSkeleton.tsx";
import { act, destination, selected, selectedAt } from "./selection.ts";
import { useKeptFocus } from "./useKeptFocus.ts";
import { useSteady } from "./useSteady.ts";

/** What a card has room for. */
const onCards: readonly Column[] = ["state", "visitor", "waiting", "page", "place"];

/** Only the rows in sight are drawn, and the chosen one, so that focus never falls out. */
export function QueueGrid() {
  const frame = useRef<HTMLDivElement>(null);
  const all = rows.value;
  const rowHeight = height.value;
  const columns = isPhone.value ? onCards : view.value.columns;
  const { from, to, page } = useWindow(frame, all.length, rowHeight);
  const chosen = selectedAt.value;
  useKeptFocus(frame, selected.value);
  useSteady(frame, all, rowHeight, look.value);
  useSight(frame, chosen);

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || isInHeads(event, frame)) return;
    const row = all[chosen];
    const to = destination(event.key, chosen, all.length - 1, page);
    if (to !== null) selected.value = all[to]?.visitor ?? null;
    else if (event.key === "Enter" && row) act(row);
    else if (event.key === "/") focusFilter();
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
      style={{ "--queue-columns": tracks(columns), "--queue-width": `${widthOf(columns)}px` }}
      ref={frame}
      onKeyDown={onKeyDown}
    >
      <QueueHeads columns={columns} />
      {!isBoardReady.value && <QueueSkeleton />}
      <div class="queue-rows" role="rowgroup" style={{ height: all.length * rowHeight }}>
        {indexes(from, to, chosen).map((at) => {
          const row = all[at];
          return (
            row && (
              <QueueRow
                key={row.visitor}
                row={row}
                at={at}
                height={rowHeight}
                columns={columns}
                isFirst={at === 0}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

export function indexes(from: number, to: number, chosen: number): number[] {
  const seen = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (chosen < 0 || (chosen >= from && chosen < to)) return seen;
  return chosen < from ? [chosen, ...seen] : [...seen, chosen];
}

/** The page's title takes what room is left; where it is not shown, nothing does. */
function tracks(columns: readonly Column[]): string {
  return columns
    .map((each) => (each === "page" ? `minmax(${width(each)}px, 1fr)` : `${width(each)}px`))
    .join(" ");
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, each) => sum + width(each), 0) + SIDES;
}

function width(column: Column): number {
  return view.value.widths[column] ?? facts[column].width;
}

function isInHeads(event: Event, frame: RefObject<HTMLElement>): boolean {
  const heads = frame.current?.firstElementChild;
  return event.target instanceof Node && !!heads?.contains(event.target);
}

/** Scrolls just so far that the row one moved to can be seen below the head. */
function useSight(frame: RefObject<HTMLElement>, chosen: number): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element?.contains(document.activeElement) || chosen < 0) return;
    const top = chosen * height.value;
    const room = element.clientHeight - (isPhone.value ? 0 : HEAD) - height.value;
    const least = Math.max(0, top - room);
    element.scrollTop = Math.max(least, Math.min(element.scrollTop, top));
  }, [frame, selected.value]);
}

const HEAD = 28;
/** What the rows keep free at both ends. */
const SIDES = 16;
