import { useRef } from "preact/hooks";

import type { Conversation, Entry } from "../../shared/protocol.ts";
import { lookedAt } from "../live/looking.ts";
import type { News } from "./grouping.ts";

/**
 * What came while nobody looked at this conversation. It stays marked while one reads, until one answers;
 * what arrives before one's eyes is not news.
 */
export function useNews(conversation: Conversation, entries: readonly Entry[]): News {
  const { id, last_number, marks } = conversation;
  const news = useRef<News>({ after: marks.agent_read ?? 0, upTo: last_number });
  if (!lookedAt.value.has(id)) news.current = { after: marks.agent_read ?? 0, upTo: last_number };
  return { ...news.current, after: Math.max(news.current.after, lastAnswer(entries)) };
}

function lastAnswer(entries: readonly Entry[]): number {
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at];
    if (entry?.kind === "text" && entry.side === "agent") return entry.number;
  }
  return 0;
}
