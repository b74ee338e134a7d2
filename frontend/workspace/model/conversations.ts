import type { Conversation, Entry, Marks } from "../../shared/protocol.ts";

/** A conversation with what only this browser knows of it. */
export interface Known extends Conversation {
  /** The number as of which its state is known; left out where that is its last. */
  settled?: number;
}
export type Conversations = ReadonlyMap<number, Known>;

/** What was told at once replaces what was heard bit by bit; ended ones that somebody still looks at stay. */
export function opened(
  before: Conversations,
  told: readonly Conversation[],
  isLookedAt: (id: number) => boolean,
): Conversations {
  const kept = [...before.values()].filter((each) => isLookedAt(each.id));
  const fresh = told.map((each) => withReturn(before.get(each.id), each));
  return new Map([...kept, ...fresh].map((each) => [each.id, each]));
}

export function changed(before: Conversations, told: Conversation): Conversations {
  const known = before.get(told.id);
  return new Map(before).set(told.id, known ? fresher(known, told) : told);
}

/** The log has grown: words, an agent who joined or was lost, an end. */
export function grown(before: Conversations, id: number, entry: Entry): Conversations {
  const known = before.get(id);
  if (!known || isOld(known, entry)) return before;
  return new Map(before).set(
    id,
    entry.kind === "text" ? spoken(known, entry) : moved(known, entry),
  );
}

export function marked(before: Conversations, id: number, marks: Marks): Conversations {
  const known = before.get(id);
  if (!known) return before;
  const newest = furthest(known.marks, marks);
  const behind = Math.max(0, known.last_number - (newest.agent_read ?? 0));
  const unread = Math.min(known.unread ?? 0, behind);
  return new Map(before).set(id, { ...known, marks: newest, unread });
}

export function dropped(before: Conversations, id: number): Conversations {
  const after = new Map(before);
  after.delete(id);
  return after;
}

/** Words count once; what stands in a gap may change the state even when words beyond it are here. */
function isOld(known: Known, { kind, number }: Entry): boolean {
  return number <= known.last_number && (kind === "text" || number <= settledOf(known));
}

function spoken(known: Known, entry: Entry): Known {
  const isNew = entry.side === "visitor" && entry.number > (known.marks.agent_read ?? 0);
  // What stands in a gap before it may still change the state.
  const isNext = entry.number === known.last_number + 1;
  const settled = isNext ? Math.max(entry.number, settledOf(known)) : settledOf(known);
  const unread = (known.unread ?? 0) + (isNew ? 1 : 0);
  const told = { last_number: entry.number, preview: entry.text ?? "", unread };
  return withSettled({ ...known, ...told }, settled);
}

function moved(known: Known, entry: Entry): Known {
  const last_number = Math.max(known.last_number, entry.number);
  const isLater = entry.number >= settledOf(known);
  const after = { ...known, ...(isLater ? toldBy(entry) : {}), last_number };
  return withSettled(withReturn(known, after), Math.max(settledOf(known), entry.number));
}

function toldBy(entry: Entry): Partial<Conversation> {
  switch (entry.kind) {
    case "accepted":
      return {
        state: "active",
        agent_id: entry.agent_id ?? null,
        agent_name: entry.author ?? "",
        accepted_at: entry.at,
      };
    case "returned":
      return { state: "waiting", agent_id: null, agent_name: "", accepted_at: null };
    case "ended":
      return { state: "ended", ended_at: entry.at, ended_by: entry.side };
    case "requested":
    case "text":
      return {};
  }
}

/** Events may overtake each other: the later state wins, and the later words. */
function fresher(known: Known, told: Conversation): Known {
  const isLater = told.last_number >= settledOf(known);
  const state = isLater ? withReturn(known, told) : known;
  const marks = furthest(known.marks, told.marks);
  const settled = Math.max(settledOf(known), told.last_number);
  return withSettled({ ...state, ...laterWords(known, told), marks }, settled);
}

function laterWords(known: Known, told: Conversation) {
  // Lists are told without words what not everybody may read: the log brings those.
  const later = told.preview && told.last_number >= known.last_number ? told : known;
  const { last_number, preview = "", unread = 0 } = later;
  return { last_number, preview, unread };
}

/** Whoever sees it go back to the line remembers from whom. */
function withReturn(known: Known | undefined, after: Known): Known {
  const before = known?.state === "active" ? known.agent_name : known?.returned_from;
  const from = after.returned_from || before;
  const told: Known = { ...after };
  delete told.returned_from;
  if (from && after.state === "waiting") told.returned_from = from;
  return told;
}

function settledOf({ settled, last_number }: Known): number {
  return settled ?? last_number;
}

function withSettled(known: Known, number: number): Known {
  const told: Known = { ...known, settled: number };
  if (number === told.last_number) delete told.settled;
  return told;
}

export function furthest(one: Marks, other: Marks): Marks {
  const most = (key: keyof Marks) => Math.max(one[key] ?? 0, other[key] ?? 0);
  return {
    visitor_delivered: most("visitor_delivered"),
    visitor_read: most("visitor_read"),
    agent_delivered: most("agent_delivered"),
    agent_read: most("agent_read"),
  };
}
