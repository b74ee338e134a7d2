import { useComputed } from "@preact/signals";

import { has, type Log } from "../../shared/connection/log.ts";
import { letters } from "../live/outbox.ts";

/** What is written here but not yet in the log. */
export function useLetters(log: Log) {
  const own = useComputed(() =>
    letters.value.filter((each) => each.command.conversation_id === log.id),
  );
  return own.value.filter((each) => !has(log, each.command.client_id));
}

export type OwnLetter = (typeof letters.value)[number];
