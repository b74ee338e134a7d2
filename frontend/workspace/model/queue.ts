import type { BoardVisitor, Conversation, Page } from "../../shared/protocol.ts";
import type { Board } from "./board.ts";
import type { Conversations } from "./conversations.ts";

export type RowState = "requesting" | "mine" | "other" | "browsing";

/** A line of the visitor queue: somebody on the website, or in a conversation, or both. */
export interface Row {
  visitor: string;
  name: string;
  state: RowState;
  page: Page;
  enteredAt: number | null;
  waitingSince: number | null;
  agent: string;
  conversation: Conversation | null;
}

const ranks: Record<RowState, number> = { requesting: 0, mine: 1, other: 2, browsing: 3 };

/** Requests and own conversations first, then whoever has waited longest. */
export function rowsOf(board: Board, conversations: Conversations, me: number): Row[] {
  const open = openByVisitor(conversations);
  const talking = [...open.values()].map((each) =>
    rowOf(board.visitors.get(each.visitor), each, me),
  );
  const browsing = [...board.visitors.values()]
    .filter((each) => !open.has(each.visitor))
    .map(browsingRow);
  return [...talking, ...browsing].sort(compare);
}

function openByVisitor(conversations: Conversations): Map<string, Conversation> {
  const open = [...conversations.values()].filter((each) => each.state !== "ended");
  return new Map(open.map((each) => [each.visitor, each]));
}

function rowOf(onSite: BoardVisitor | undefined, conversation: Conversation, me: number): Row {
  const state = stateOf(conversation, me);
  return {
    visitor: conversation.visitor,
    name: conversation.visitor_name ?? "",
    state,
    page: onSite?.page ?? conversation.page,
    enteredAt: onSite?.entered_at ?? null,
    waitingSince: state === "requesting" ? conversation.requested_at : null,
    agent: conversation.agent_name ?? "",
    conversation,
  };
}

function stateOf(conversation: Conversation, me: number): RowState {
  if (conversation.state === "waiting") return "requesting";
  return conversation.agent_id === me ? "mine" : "other";
}

function browsingRow({ visitor, page, entered_at }: BoardVisitor): Row {
  return {
    visitor,
    name: "",
    state: "browsing",
    page,
    enteredAt: entered_at,
    waitingSince: null,
    agent: "",
    conversation: null,
  };
}

function compare(one: Row, other: Row): number {
  return ranks[one.state] - ranks[other.state] || begun(one) - begun(other) || byId(one, other);
}

function begun(row: Row): number {
  return row.conversation?.requested_at ?? row.enteredAt ?? 0;
}

function byId(one: Row, other: Row): number {
  return one.visitor < other.visitor ? -1 : 1;
}
