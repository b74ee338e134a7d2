import type { Conversation, Entry, Marks } from "../../shared/protocol.ts";

export type Conversations = ReadonlyMap<number, Conversation>;

/** What was told at once replaces what was heard bit by bit; ended ones that somebody still looks at stay. */
export function opened(
  before: Conversations,
  told: readonly Conversation[],
  isLookedAt: (id: number) => boolean,
): Conversations {
  const kept = [...before.values()].filter((each) => isLookedAt(each.id));
  return new Map([...kept, ...told].map((each) => [each.id, each]));
}

export function changed(before: Conversations, told: Conversation): Conversations {
  const known = before.get(told.id);
  return new Map(before).set(told.id, known ? fresher(known, told) : told);
}

/** The log has grown: words, an agent who joined, an end. */
export function grown(before: Conversations, id: number, entry: Entry): Conversations {
  const known = before.get(id);
  if (!known || entry.number <= known.last_number) return before;
  return new Map(before).set(id, { ...known, last_number: entry.number, ...toldBy(known, entry) });
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

function toldBy(known: Conversation, entry: Entry): Partial<Conversation> {
  switch (entry.kind) {
    case "text":
      return { preview: entry.text ?? "", unread: (known.unread ?? 0) + newTo(known, entry) };
    case "accepted":
      return {
        state: "active",
        agent_id: entry.agent_id ?? null,
        agent_name: entry.author ?? "",
        accepted_at: entry.at,
      };
    case "ended":
      return { state: "ended", ended_at: entry.at, ended_by: entry.side };
    case "requested":
      return {};
  }
}

function newTo(known: Conversation, entry: Entry): number {
  return entry.side === "visitor" && entry.number > (known.marks.agent_read ?? 0) ? 1 : 0;
}

/** Events may overtake each other: the later state wins, and the later words. */
function fresher(known: Conversation, told: Conversation): Conversation {
  const marks = furthest(known.marks, told.marks);
  if (stageOf(told) < stageOf(known)) return { ...known, marks };
  // Lists are told without words what not everybody may read: the log brings those.
  const isWordless = !told.preview;
  if (!isWordless && told.last_number >= known.last_number) return { ...told, marks };
  const { last_number, preview, unread } = known;
  return { ...told, marks, last_number, preview: preview ?? "", unread: unread ?? 0 };
}

function stageOf({ state }: Conversation): number {
  return stages.indexOf(state);
}

const stages = ["waiting", "active", "ended"];

export function furthest(one: Marks, other: Marks): Marks {
  const most = (key: keyof Marks) => Math.max(one[key] ?? 0, other[key] ?? 0);
  return {
    visitor_delivered: most("visitor_delivered"),
    visitor_read: most("visitor_read"),
    agent_delivered: most("agent_delivered"),
    agent_read: most("agent_read"),
  };
}
