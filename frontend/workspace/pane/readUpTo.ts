import { useRef } from "preact/hooks";

import type { Conversation, Entry } from "../../shared/protocol.ts";
import { lookedAt } from "../live/looking.ts";

/** Up to where one had read when one came back to it: the rule stands there until one answers. */
export function useReadUpTo({ id, marks }: Conversation, entries: readonly Entry[]): number {
  const read = useRef(marks.agent_read ?? 0);
  if (!lookedAt.value.has(id)) read.current = Math.max(read.current, marks.agent_read ?? 0);
  return Math.max(read.current, lastAnswer(entries));
}

function lastAnswer(entries: readonly Entry[]): number {
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at];
    if (entry?.kind === "text" && entry.side === "agent") return entry.number;
  }
  return 0;
}
