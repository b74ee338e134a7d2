import { computed, effect, signal } from "@preact/signals";

import { everybody, type Filter, isNarrowed } from "../model/filter.ts";
import { type Column, columns, nextSort, orderBy, type Sort } from "../model/order.ts";
import { page } from "./page.ts";
import { recall, remember } from "./storage.ts";

/** How one looks at the visitor queue; remembered in this browser. */
interface View {
  columns: readonly Column[];
  widths: Partial<Record<Column, number>>;
  sort: Sort | null;
  filter: Filter;
  isFilterOpen: boolean;
}

const usualColumns: readonly Column[] = [
  "state",
  "visitor",
  "visits",
  "place",
  "page",
  "source",
  "entered",
  "waiting",
  "agent",
];

const usual: View = {
  columns: usualColumns,
  widths: {},
  sort: null,
  filter: everybody,
  isFilterOpen: false,
};

export const view = signal(remembered());
export const filter = computed(() => view.value.filter);
export const isFiltered = computed(() => isNarrowed(filter.value));
const sort = computed(() => view.value.sort);
const order = computed(() => orderBy(sort.value, page.language));
/** Another one whenever the rows are to stand or be chosen otherwise. */
export const look = computed(() => ({ order: order.value, filter: filter.value }));

effect(() => {
  remember("queue", view.value);
});

export function narrow(part: Partial<Filter>): void {
  change({ filter: { ...view.value.filter, ...part } });
}

export function clearFilter(): void {
  change({ filter: everybody });
}

export function toggleFilter(): void {
  change({ isFilterOpen: !view.value.isFilterOpen });
}

export function sortBy(column: Column): void {
  change({ sort: nextSort(view.value.sort, column) });
}

export function setWidth(column: Column, width: number | null): void {
  const others = Object.entries(view.value.widths).filter(([each]) => each !== column);
  change({ widths: Object.fromEntries(width === null ? others : [...others, [column, width]]) });
}

/** Shows a column after the others, or hides it; the last one stays. */
export function toggleColumn(column: Column): void {
  const { columns: shown } = view.value;
  const others = shown.filter((each) => each !== column);
  if (others.length === 0) return;
  change({ columns: others.length < shown.length ? others : [...shown, column] });
}

export function moveColumn(column: Column, by: -1 | 1): void {
  const shown = [...view.value.columns];
  const at = shown.indexOf(column);
  const to = at + by;
  if (at < 0 || to < 0 || to >= shown.length) return;
  shown.splice(to, 0, ...shown.splice(at, 1));
  change({ columns: shown });
}

export function resetColumns(): void {
  change({ columns: usualColumns, widths: {} });
}

function change(part: Partial<View>): void {
  view.value = { ...view.value, ...part };
}

/** What is remembered may come from another version: only what is known now counts. */
function remembered(): View {
  const kept = { ...usual, ...recall<Partial<View>>("queue", {}) };
  const shown = kept.columns.filter((each) => columns.includes(each));
  const isSortKnown = kept.sort && columns.includes(kept.sort.column);
  return {
    ...kept,
    columns: shown.length > 0 ? shown : usualColumns,
    sort: isSortKnown ? kept.sort : null,
    filter: { ...everybody, ...kept.filter },
  };
}
