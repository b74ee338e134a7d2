import type { BoardVisitor, Conversation, Page, Place, Source } from "../../shared/protocol.ts";

export const BETWEEN = " · ";

export type RowState = "mine" | "requesting" | "other" | "browsing" | "left";

/** A line of the visitor queue: somebody on the website, in a conversation, both, or just gone. */
export interface Row {
  visitor: string;
  name: string;
  state: RowState;
  visits: number;
  ip: string;
  place: string;
  carrier: string;
  enteredAt: number | null;
  waitingSince: number | null;
  lastMessageAt: number | null;
  leftAt: number | null;
  agent: string;
  page: Page;
  language: string;
  browser: string;
  system: string;
  device: NonNullable<BoardVisitor["device"]>;
  source: Source | null;
  conversation: Conversation | null;
}

/** What the conversation says comes before what the board says; null where neither knows of anybody. */
export function rowOf(
  onBoard: BoardVisitor | undefined,
  conversation: Conversation | undefined,
  me: number,
  lastMessageAt: number | null = null,
): Row | null {
  const known = onBoard ?? conversation;
  if (!known) return null;
  const state = conversation ? stateOf(conversation, me) : absenceOf(onBoard);
  return {
    visitor: known.visitor,
    state,
    ...factsOf(onBoard),
    name: onBoard?.name || conversation?.visitor_name || "",
    page: known.page,
    waitingSince: conversation && state === "requesting" ? conversation.requested_at : null,
    lastMessageAt: newest(onBoard?.last_message_at, lastMessageAt),
    agent: conversation?.agent_name ?? "",
    conversation: conversation ?? null,
  };
}

/** The board tells what visitors write; of conversations one follows one knows what everybody does. */
function newest(...moments: (number | null | undefined)[]): number | null {
  return Math.max(...moments.map((each) => each ?? 0)) || null;
}

/** Country, province, city, each once: cities that are provinces are named twice, often by half ("上海", "上海市"). */
export function placeOf(place: Place | undefined): string {
  const { province = "", city = "" } = place ?? {};
  const isSame = !!city && (city.startsWith(province) || province.startsWith(city));
  const parts = [countryOf(place?.country), isSame ? "" : province, city];
  return [...new Set(parts.filter((each) => !!each))].join(BETWEEN);
}

const countries = new Intl.DisplayNames(document.documentElement.lang || "en", { type: "region" });

/** Countries come as codes: everybody reads their names in the page's language. */
function countryOf(country = ""): string {
  return /^[A-Z]{2}$/.test(country) ? (countries.of(country) ?? country) : country;
}

function factsOf(onBoard: BoardVisitor | undefined) {
  return {
    visits: onBoard?.visits ?? 0,
    ip: onBoard?.ip ?? "",
    place: placeOf(onBoard?.place),
    carrier: onBoard?.carrier ?? "",
    enteredAt: onBoard?.entered_at ?? null,
    leftAt: onBoard?.left_at ?? null,
    language: onBoard?.language ?? "",
    browser: onBoard?.browser ?? "",
    system: onBoard?.system ?? "",
    device: onBoard?.device ?? "other",
    source: onBoard ? (onBoard.source ?? {}) : null,
  };
}

function stateOf(conversation: Conversation, me: number): RowState {
  if (conversation.state === "waiting") return "requesting";
  return conversation.agent_id === me ? "mine" : "other";
}

function absenceOf(onBoard: BoardVisitor | undefined): RowState {
  return onBoard?.left_at == null ? "browsing" : "left";
}
