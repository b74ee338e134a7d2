import { effect } from "@preact/signals";

import { missingAfter } from "../../shared/connection/log.ts";
import type { Conversation } from "../../shared/protocol.ts";
import { dropped } from "../model/conversations.ts";
import { panes } from "../store/panes.ts";
import { own, workspace } from "../store/state.ts";
import { forgetLog, logs } from "./logs.ts";
import { letters } from "./outbox.ts";

/** What has ended leaves the list once one has seen it to its end and gone on. */
export function startTidying(): void {
  effect(() => {
    own.value.filter(isDone).forEach(({ id }) => {
      queueMicrotask(() => {
        drop(id);
      });
    });
  });
}

function isDone({ id, state }: Conversation): boolean {
  const isOpen = panes.value.open.includes(id);
  const isUnsent = letters.value.some((each) => each.command.conversation_id === id);
  return state === "ended" && !isOpen && !isUnsent && isSeen(id);
}

function isSeen(id: number): boolean {
  const log = logs.value.get(id);
  return !!log && missingAfter(log) === null && log.marks.agent_read >= log.entries.length;
}

function drop(id: number): void {
  const { value } = workspace;
  workspace.value = { ...value, conversations: dropped(value.conversations, id) };
  forgetLog(id);
}
