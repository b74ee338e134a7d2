import "./QueueHeads.css";

import down from "icon:chevron-down";
import up from "icon:chevron-up";

import { Icon } from "../../shared/ui/Icon.tsx";
import type { Column } from "../model/order.ts";
import { setWidth, sortBy, view } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { facts, NARROWEST, WIDEST } from "./columns.ts";

const STEP = 8;
const DOUBLE = 2;

/** The columns' names: a click sorts, an edge is dragged, and the arrow keys do both. */
export function QueueHeads({ columns }: { columns: readonly Column[] }) {
  return (
    <div class="queue-columns" role="row" aria-rowindex={1} onKeyDown={onKeyDown}>
      {columns.map((column, at) => (
        <Head key={column} column={column} isFirst={at === 0} />
      ))}
    </div>
  );
}

function Head({ column, isFirst }: { column: Column; isFirst: boolean }) {
  const { name, isNumber } = facts[column];
  const sort = view.value.sort?.column === column ? view.value.sort : null;
  const kind = isNumber ? " queue-column--number" : "";
  return (
    <div
      class={`queue-column queue-column--${column}${kind}`}
      role="columnheader"
      aria-sort={sort ? (sort.isDescending ? "descending" : "ascending") : undefined}
    >
      <button
        class="queue-sort"
        type="button"
        tabIndex={isFirst ? 0 : -1}
        title={t("headHint", { name: t(name) })}
        data-column={column}
        onClick={() => {
          sortBy(column);
        }}
      >
        <span class="cut">{t(name)}</span>
        {sort && <Icon of={sort.isDescending ? down : up} />}
      </button>
      <span
        class="queue-edge"
        aria-hidden="true"
        onPointerDown={(event) => {
          drag(event, column);
        }}
        onClick={(event) => {
          if (event.detail === DOUBLE) setWidth(column, null);
        }}
      />
    </div>
  );
}

function drag(event: PointerEvent & { currentTarget: HTMLElement }, column: Column): void {
  const { currentTarget: edge, pointerId, clientX: from } = event;
  const before = widthOf(edge);
  const sign = direction();
  edge.setPointerCapture(pointerId);
  edge.onpointermove = ({ clientX }) => {
    put(column, before + (clientX - from) * sign);
  };
  edge.onpointerup = edge.onpointercancel = () => {
    edge.onpointermove = null;
  };
  event.preventDefault();
}

/** Left and right go to the next head; with Alt they change the width. */
function onKeyDown(event: KeyboardEvent): void {
  const button = (event.target as Element).closest<HTMLElement>("[data-column]");
  const by = ["ArrowLeft", "", "ArrowRight"].indexOf(event.key) - 1;
  if (!button || (by !== 1 && by !== -1)) return;
  const step = by * direction();
  const column = button.dataset["column"] as Column;
  if (event.altKey) put(column, widthOf(button) + step * STEP);
  else neighbour(button, step)?.focus();
  event.preventDefault();
}

function neighbour(button: HTMLElement, step: number): HTMLElement | null | undefined {
  const head = button.closest("[role=columnheader]");
  const next = step > 0 ? head?.nextElementSibling : head?.previousElementSibling;
  return next?.querySelector<HTMLElement>("[data-column]");
}

function put(column: Column, width: number): void {
  setWidth(column, Math.round(Math.max(NARROWEST, Math.min(WIDEST, width))));
}

function widthOf(inside: HTMLElement): number {
  return inside.closest("[role=columnheader]")?.getBoundingClientRect().width ?? NARROWEST;
}

function direction(): number {
  return document.documentElement.dir === "rtl" ? -1 : 1;
}
