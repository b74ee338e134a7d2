import type { Source } from "../../shared/protocol.ts";
import type { Row, RowState } from "./rows.ts";
import { sourceName } from "./sourceName.ts";

export type SourceKind = NonNullable<Source["kind"]>;

/** What the visitor queue is narrowed to; what is empty narrows nothing. */
export interface Filter {
  states: readonly RowState[];
  source: SourceKind | "";
  place: string;
  page: string;
  text: string;
}

export const everybody: Filter = { states: [], source: "", place: "", page: "", text: "" };

export function isNarrowed(filter: Filter): boolean {
  return (
    filter.states.length > 0 || !!(filter.source || filter.place || filter.page || filter.text)
  );
}

/** A test for rows. With whom one has to deal is always there: one's own, and requests. */
export function testOf(filter: Filter): (row: Row) => boolean {
  const [place, page, text] = [filter.place, filter.page, filter.text].map(plain);
  return (row) =>
    row.state === "mine" ||
    row.state === "requesting" ||
    ((filter.states.length === 0 || filter.states.includes(row.state)) &&
      (!filter.source || sourceOf(row) === filter.source) &&
      has(place, row.place) &&
      has(page, row.page.title, row.page.url) &&
      has(text, ...wordsOf(row)));
}

function sourceOf({ source }: Row): SourceKind | null {
  return source && (source.kind ?? "direct");
}

function wordsOf(row: Row): (string | null | undefined)[] {
  const { visitor, name, ip, place, carrier, page, agent, language, browser, system, source } = row;
  const texts = [visitor, name, ip, place, carrier, page.title, page.url, agent, language];
  return [...texts, browser, system, source?.name, source && sourceName(source), source?.words];
}

function has(wanted: string | undefined, ...texts: (string | null | undefined)[]): boolean {
  return !wanted || texts.some((each) => each && plain(each).includes(wanted));
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
