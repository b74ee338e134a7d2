import type {
  Conversation,
  ConversationOpened,
  Entry,
  EntryKind,
  Marks,
  State,
} from "../protocol.ts";

/** A conversation as one browser knows it: its log without gaps, and what is known beyond a gap. */
export interface Log {
  id: number;
  /** Number 1 first, none missing. */
  entries: readonly Entry[];
  /** Entries beyond a gap, by number. */
  ahead: ReadonlyMap<number, Entry>;
  /** The highest number that exists, as far as is known. */
  newest: number;
  marks: Required<Marks>;
}

export type Mark = "pending" | "sent" | "delivered" | "read" | "failed";

const NO_MARKS = { visitor_delivered: 0, visitor_read: 0, agent_delivered: 0, agent_read: 0 };

export function emptyLog(id: number): Log {
  return { id, entries: [], ahead: new Map(), newest: 0, marks: NO_MARKS };
}

/** In any order, any number of times: the same entries make the same log. */
export function apply(log: Log, ...entries: readonly Entry[]): Log {
  const ahead = new Map(log.ahead);
  entries.forEach((entry) => ahead.set(entry.number, entry));
  const joined = [...log.entries];
  log.entries.forEach(({ number }) => ahead.delete(number));
  for (let next = ahead.get(joined.length + 1); next; next = ahead.get(joined.length + 1)) {
    ahead.delete(next.number);
    joined.push(next);
  }
  const newest = Math.max(log.newest, joined.length, ...ahead.keys());
  return { ...log, entries: joined, ahead, newest };
}

/** Takes in the answer to `conversation.follow`. */
export function applyOpened(log: Log, { conversation, entries }: ConversationOpened): Log {
  return applyNewest(
    applyMarks(apply(log, ...entries), conversation.marks),
    conversation.last_number,
  );
}

/** Marks only ever grow; an old one that comes late changes nothing. */
export function applyMarks(log: Log, marks: Marks): Log {
  const grown = { ...log.marks };
  for (const key of Object.keys(NO_MARKS) as (keyof Marks)[])
    grown[key] = Math.max(grown[key], marks[key] ?? 0);
  return { ...log, marks: grown };
}

/** A heartbeat said which number exists. */
export function applyNewest(log: Log, newest: number): Log {
  return newest > log.newest ? { ...log, newest } : log;
}

/** From where to fetch, or null when nothing is missing. */
export function missingAfter(log: Log): number | null {
  return log.newest > log.entries.length ? log.entries.length : null;
}

export function stateOf(log: Log): State {
  const last = lastOf(log, "accepted", "returned", "ended")?.kind;
  if (last === "ended") return "ended";
  return last === "accepted" ? "active" : "waiting";
}

/** The name of the agent who has the conversation. */
export function agentOf(log: Log): string {
  return lastOf(log, "accepted")?.author ?? "";
}

function lastOf(log: Log, ...kinds: EntryKind[]): Entry | undefined {
  return log.entries.filter(({ kind }) => kinds.includes(kind)).pop();
}

/** How far an entry of one side has come with the other. */
export function markOf(number: number, marks: Marks, other: "visitor" | "agent"): Mark {
  if (number <= (marks[`${other}_read`] ?? 0)) return "read";
  return number <= (marks[`${other}_delivered`] ?? 0) ? "delivered" : "sent";
}

/** Texts of the other side that are not yet read on this one. */
export function unreadOf(log: Log, side: "visitor" | "agent"): number {
  const read = log.marks[`${side}_read`];
  const unread = ({ number, kind, side: author }: Entry) =>
    kind === "text" && author !== side && number > read;
  return log.entries.filter(unread).length;
}

/** Whether the log has the entry that its sender gave this name: then its pending copy goes. */
export function has(log: Log, name: string): boolean {
  return log.entries.some(({ client_id }) => client_id === name);
}

/** What a conversation's own state says of its log, before its entries are here. */
export function logOf(conversation: Conversation): Log {
  return applyNewest(
    applyMarks(emptyLog(conversation.id), conversation.marks),
    conversation.last_number,
  );
}
