import type { Entry } from "../../shared/protocol.ts";
import { dayOf } from "../../shared/time.ts";

const MINUTE = 60_000;

/** What a log draws, from top to bottom. */
export type Item =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string }
  | { kind: "event"; key: string; entry: Entry }
  | { kind: "group"; key: string; entries: Entry[] };

/** What came while nobody was looking: after one number, up to another. */
export interface News {
  after: number;
  upTo: number;
}

interface Rules {
  timeZone: string;
  news: News;
}

/** Entries by author and minute, with rules between days and before the first new words. */
export function itemsOf(entries: readonly Entry[], { timeZone, news }: Rules): Item[] {
  const items: Item[] = [];
  let day = "";
  let isRuled = false;
  for (const entry of entries) {
    const today = dayKey(entry.at, timeZone);
    if (today !== day) items.push({ kind: "day", key: `day-${today}`, at: entry.at });
    day = today;
    if (!isRuled && isNew(entry, news)) {
      // Above the very first words a rule would say nothing.
      if (items.some((item) => item.kind === "group"))
        items.push({ kind: "unread", key: "unread" });
      isRuled = true;
    }
    add(items, entry);
  }
  return items;
}

function isNew({ kind, side, number }: Entry, { after, upTo }: News): boolean {
  return kind === "text" && side === "visitor" && number > after && number <= upTo;
}

function add(items: Item[], entry: Entry): void {
  const last = items.at(-1);
  if (entry.kind !== "text") items.push({ kind: "event", key: keyOf(entry), entry });
  else if (last?.kind === "group" && goesWith(last.entries, entry)) last.entries.push(entry);
  else items.push({ kind: "group", key: keyOf(entry), entries: [entry] });
}

function goesWith([first]: readonly Entry[], entry: Entry): boolean {
  return (
    first?.side === entry.side &&
    first.agent_id === entry.agent_id &&
    Math.floor(first.at / MINUTE) === Math.floor(entry.at / MINUTE)
  );
}

function keyOf(entry: Entry): string {
  return `entry-${entry.number}`;
}

// Zones differ by quarters of an hour, so within one nobody's day changes: few dates are formatted.
const QUARTER = 15 * MINUTE;
const days = new Map<string, string>();

function dayKey(at: number, timeZone: string): string {
  const quarter = `${timeZone}${Math.floor(at / QUARTER)}`;
  const known = days.get(quarter) ?? dayOf(new Date(at), timeZone);
  days.set(quarter, known);
  return known;
}
