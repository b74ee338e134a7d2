import { type Log, missingAfter, unreadOf as unreadIn } from "../../shared/connection/log.ts";
import type { Conversation } from "../../shared/protocol.ts";
import type { Conversations, Known } from "./conversations.ts";

/** Requests that one may take, longest waiting first. */
export function waiting(conversations: Conversations, groups: ReadonlySet<number>): Known[] {
  return [...conversations.values()]
    .filter((each) => each.state === "waiting" && isForMe(each, groups))
    .sort(byRequest);
}

/** Of a group's conversations only its agents take any. */
export function isForMe({ taken_by }: Conversation, groups: ReadonlySet<number>): boolean {
  return taken_by == null || groups.has(taken_by);
}

/** One's own, in the order they began, so nothing jumps while one reads; ended ones last, newest first. */
export function mine(conversations: Conversations, me: number): Conversation[] {
  return [...conversations.values()]
    .filter((each) => each.agent_id === me && each.state !== "waiting")
    .sort((one, other) => ended(one) - ended(other) || byEnd(one, other) || byRequest(one, other));
}

/** Where the whole log is here, it knows best what is new and what was said last. */
export function refined(conversation: Conversation, log: Log | undefined): Conversation {
  if (!log || log.entries.length === 0 || missingAfter(log) !== null) return conversation;
  const newest = [...log.entries].reverse().find((each) => each.kind === "text");
  return { ...conversation, unread: unreadIn(log, "agent"), preview: newest?.text ?? "" };
}

export function unreadOf(conversations: readonly Conversation[]): number {
  return conversations.reduce((sum, each) => sum + (each.unread ?? 0), 0);
}

/** After the present one, around the end: the next with unread words, else the next request. */
export function nextWithNews(
  own: readonly Conversation[],
  requests: readonly Conversation[],
  present: number | null,
): Conversation | null {
  const news = own.filter((each) => (each.unread ?? 0) > 0);
  return after(news, present, own) ?? after(requests, present, requests);
}

function after(
  candidates: readonly Conversation[],
  present: number | null,
  order: readonly Conversation[],
): Conversation | null {
  const here = order.findIndex((each) => each.id === present);
  const others = candidates.filter((each) => each.id !== present);
  return others.find((each) => order.indexOf(each) > here) ?? others[0] ?? null;
}

function ended(conversation: Conversation): number {
  return conversation.state === "ended" ? 1 : 0;
}

function byEnd(one: Conversation, other: Conversation): number {
  return (other.ended_at ?? 0) - (one.ended_at ?? 0);
}

function byRequest(one: Conversation, other: Conversation): number {
  return one.requested_at - other.requested_at || one.id - other.id;
}
