import { computed, effect } from "@preact/signals";

import { logs } from "../live/logs.ts";
import { tidied } from "../model/board.ts";
import { Queue } from "../model/queue.ts";
import type { Row } from "../model/rows.ts";
import { minute } from "./clock.ts";
import { page } from "./page.ts";
import { board, conversations, workspace } from "./state.ts";
import { look } from "./view.ts";

const queue = new Queue(page.agent.id);

/** When the newest words were said, in the conversations whose logs are here. */
const lastMessages = computed(() => {
  const newest = [...logs.value].map(([id, { entries }]): [number, number] => {
    return [id, [...entries].reverse().find((each) => each.kind === "text")?.at ?? 0];
  });
  return new Map(newest.filter(([, at]) => at > 0));
});

const state = computed(() => {
  const told = {
    board: board.value,
    conversations: conversations.value,
    lastMessages: lastMessages.value,
  };
  const shown = queue.update(told, look.value);
  return { shown, total: queue.size, row: (visitor: string) => queue.row(visitor) };
});

/** The rows to show, in order. */
export const rows = computed(() => state.value.shown);
/** Everybody, also those whom the filter hides. */
export const total = computed(() => state.value.total);

export function rowOf(visitor: string): Row | undefined {
  return state.value.row(visitor);
}

// Those who left stay for a while only.
effect(() => {
  const now = minute.value;
  queueMicrotask(() => {
    const { value } = workspace;
    const left = tidied(value.board, now);
    if (left !== value.board) workspace.value = { ...value, board: left };
  });
});
