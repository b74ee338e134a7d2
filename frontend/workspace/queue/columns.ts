import type { BoardVisitor, Source } from "../../shared/protocol.ts";
import { clock, date, dayOf, elapsed, exact, number, relative } from "../../shared/time.ts";
import type { SourceKind } from "../model/filter.ts";
import type { Column } from "../model/order.ts";
import { BETWEEN, type Row } from "../model/rows.ts";
import { sourceName } from "../model/sourceName.ts";
import { minute, now } from "../store/clock.ts";
import { reader } from "../store/page.ts";
import { t, type TextKey } from "../texts/index.ts";
import { pageHint, pageName, visitorName } from "../ui/names.ts";

/** What stands in a cell, and what more one reads on hover. */
interface Words {
  text: string;
  hint?: string;
}

interface ColumnFacts {
  name: TextKey;
  width: number;
  isNumber?: boolean;
  words: (row: Row) => Words;
}

export const NARROWEST = 44;
export const WIDEST = 600;

/** The state's cell has a drawing too: see StateCell. */
export const facts: Record<Column, ColumnFacts> = {
  state: { name: "state", width: 136, words: (row) => ({ text: stateWords(row) }) },
  visitor: {
    name: "visitor",
    width: 100,
    words: (row) => ({ text: visitorName(row), hint: hintOf(row) }),
  },
  id: {
    name: "visitorId",
    width: 92,
    words: ({ visitor }) => ({ text: shortId(visitor), hint: visitor }),
  },
  visits: {
    name: "visits",
    width: 52,
    isNumber: true,
    words: ({ visits }) => ({ text: visits ? number(visits, reader.language) : "" }),
  },
  ip: { name: "ip", width: 128, words: ({ ip }) => ({ text: ip }) },
  place: { name: "place", width: 100, words: ({ place }) => placeCell(place) },
  carrier: { name: "carrier", width: 112, words: ({ carrier }) => ({ text: carrier }) },
  entered: { name: "entered", width: 72, words: ({ enteredAt }) => moment(enteredAt) },
  waiting: {
    name: "waitingTime",
    width: 64,
    isNumber: true,
    words: ({ waitingSince }) => ({
      text: waitingSince === null ? "" : elapsed(now.value - waitingSince),
    }),
  },
  lastMessage: {
    name: "lastMessage",
    width: 100,
    words: ({ lastMessageAt }) => moment(lastMessageAt),
  },
  left: { name: "leftAt", width: 72, words: ({ leftAt }) => moment(leftAt) },
  agent: {
    name: "agent",
    width: 64,
    words: ({ state, agent }) => ({ text: state === "mine" ? t("you") : agent, hint: agent }),
  },
  page: {
    name: "page",
    width: 120,
    words: ({ page }) => ({ text: pageName(page), hint: pageHint(page) }),
  },
  language: {
    name: "language",
    width: 128,
    words: ({ language }) => ({ text: languageName(language), hint: language }),
  },
  browser: { name: "browser", width: 112, words: ({ browser }) => ({ text: browser }) },
  system: { name: "system", width: 176, words: (row) => ({ text: systemWords(row) }) },
  source: { name: "source", width: 84, words: ({ source }) => sourceCell(source) },
};

const stateNames: Record<Exclude<Row["state"], "left">, TextKey> = {
  requesting: "requesting",
  mine: "inConversationMe",
  other: "inConversation",
  browsing: "browsing",
};

export function stateWords(row: Row): string {
  if (row.state !== "left") return t(stateNames[row.state]);
  return leftWords(row.leftAt ?? 0);
}

/** "Left 3 min. ago", kept true as time goes by. */
export function leftWords(at: number): string {
  const age = Math.max(0, now.value - at);
  if (age < 60_000) return t("leftJustNow");
  return t("leftAgo", { time: relative(new Date(at), new Date(at + age), reader) });
}

export const deviceNames: Record<NonNullable<BoardVisitor["device"]>, TextKey | null> = {
  computer: "computer",
  phone: "phone",
  tablet: "tablet",
  other: null,
};

export const sourceNames: Record<SourceKind, TextKey> = {
  direct: "sourceDirect",
  search: "sourceSearch",
  referral: "sourceReferral",
  campaign: "sourceCampaign",
};

/** The engine, site or campaign, with what was searched for. */
export function sourceWords(source: Source): string {
  const { kind, words } = source;
  const known = sourceName(source) || t(sourceNames[kind ?? "direct"]);
  return words ? t("sourceWords", { name: known, words }) : known;
}

export function systemWords({ system, device }: Pick<Row, "system" | "device">): string {
  const name = deviceNames[device];
  return [system, name && t(name)].filter((each) => !!each).join(" · ");
}

export function languageName(code: string): string {
  try {
    return code && (languages.of(code) ?? code);
  } catch {
    // What browsers send is not always a language.
    return code;
  }
}

export function shortId(visitor: string): string {
  return visitor.slice(0, 8).toUpperCase();
}

const languages = new Intl.DisplayNames(reader.language, { type: "language" });

function hintOf({ name, visitor }: Row): string {
  return name ? `${name}\n${visitor}` : visitor;
}

function sourceCell(source: Source | null): Words {
  if (!source) return { text: "" };
  const kind = t(sourceNames[source.kind ?? "direct"]);
  const words = sourceWords(source);
  return { text: words, hint: words === kind ? words : `${kind}\n${words}` };
}

/** The city says most: it comes first where there is little room. */
function placeCell(place: string): Words {
  const parts = place.split(BETWEEN);
  const ends = parts.length > 1 ? [parts.at(-1), parts[0]] : parts;
  return { text: ends.join(BETWEEN), hint: place };
}

function moment(at: number | null): Words {
  if (at === null) return { text: "" };
  const when = new Date(at);
  return { text: shortTime(when), hint: exact(when, reader) };
}

/** The hour of today, the day of any other. */
function shortTime(when: Date): string {
  const today = new Date(minute.value);
  const isToday = dayOf(when, reader.timeZone) === dayOf(today, reader.timeZone);
  return isToday ? clock(when, reader) : date(when, today, reader);
}
