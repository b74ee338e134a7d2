import type { Row, RowState } from "./rows.ts";

/** What the visitor queue can show of somebody, in the order it is offered. */
export const columns = [
  "state",
  "visitor",
  "id",
  "visits",
  "place",
  "page",
  "source",
  "entered",
  "waiting",
  "agent",
  "lastMessage",
  "left",
  "ip",
  "carrier",
  "language",
  "browser",
  "system",
] as const;

export type Column = (typeof columns)[number];

export interface Sort {
  column: Column;
  isDescending: boolean;
}

export type Order = (one: Row, other: Row) => number;
type Key = string | number | null;

const ranks: Record<RowState, number> = { mine: 0, requesting: 1, other: 2, browsing: 3, left: 4 };
const sources = { campaign: 0, search: 1, referral: 2, direct: 3 };

const keys: Record<Column, (row: Row) => Key> = {
  state: (row) => ranks[row.state],
  visitor: (row) => row.name || row.visitor,
  id: (row) => row.visitor,
  visits: (row) => row.visits || null,
  place: (row) => row.place,
  page: (row) => row.page.title || row.page.url,
  source: ({ source }) => source && `${sources[source.kind ?? "direct"]} ${source.name ?? ""}`,
  entered: (row) => row.enteredAt,
  // Short waits have begun late.
  waiting: (row) => row.waitingSince && -row.waitingSince,
  agent: (row) => row.agent,
  lastMessage: (row) => row.lastMessageAt,
  left: (row) => row.leftAt,
  ip: (row) => row.ip,
  carrier: (row) => row.carrier,
  language: (row) => row.language,
  browser: (row) => row.browser,
  system: (row) => row.system,
};

/** By a column, what is empty last; without one, by what has to be done first. */
export function orderBy(sort: Sort | null, language: string): Order {
  if (!sort) return usual;
  const key = keys[sort.column];
  const sign = sort.isDescending ? -1 : 1;
  const { compare } = new Intl.Collator(language, { numeric: true });
  return (one, other) => {
    const [first, second] = [key(one), key(other)];
    if (isEmpty(first) || isEmpty(second)) {
      return Number(isEmpty(first)) - Number(isEmpty(second)) || usual(one, other);
    }
    const difference =
      typeof first === "number" && typeof second === "number"
        ? first - second
        : compare(String(first), String(second));
    return difference * sign || usual(one, other);
  };
}

/** A click at a head: up, down, and back to the usual order. */
export function nextSort(sort: Sort | null, column: Column): Sort | null {
  if (sort?.column !== column) return { column, isDescending: false };
  return sort.isDescending ? null : { column, isDescending: true };
}

/** One's own and requests first, then whoever has been there longest; of those who left, the last first. */
function usual(one: Row, other: Row): number {
  return ranks[one.state] - ranks[other.state] || begun(one) - begun(other) || byId(one, other);
}

function begun(row: Row): number {
  if (row.state === "left") return -(row.leftAt ?? 0);
  return row.conversation?.requested_at ?? row.enteredAt ?? 0;
}

function byId(one: Row, other: Row): number {
  if (one.visitor === other.visitor) return 0;
  return one.visitor < other.visitor ? -1 : 1;
}

function isEmpty(key: Key): key is null {
  return key === null || key === "";
}
