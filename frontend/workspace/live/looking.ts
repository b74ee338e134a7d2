import { computed, effect, signal } from "@preact/signals";

import { panes, shown, isPhone, isConversationInFront } from "../store/panes.ts";
import { page } from "../store/page.ts";
import { conversations } from "../store/state.ts";
import { connection, connectionState } from "./connection.ts";
import { logs } from "./logs.ts";

const GATHERED_FOR = 120;

/** Whether somebody sits before this window: only then is anything read. */
export const isAttended = signal(attended());

["focus", "blur"].forEach((event) => {
  addEventListener(event, attend);
});
document.addEventListener("visibilitychange", attend);

function attend(): void {
  isAttended.value = attended();
}

function attended(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

export const lookedAt = computed<ReadonlySet<number>>(() => {
  const isHidden = !isAttended.value || (isPhone.value && !isConversationInFront.value);
  return new Set(isHidden || panes.value.active === null ? [] : shown.value);
});

interface Reached {
  delivered: number;
  read: number;
}

const told = new Map<number, Reached>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells how far this side is: delivered when an entry is here, read when it is looked at. */
export function startMarking(): void {
  effect(() => {
    const isConnected = connectionState.value.phase === "open";
    if (!isConnected) told.clear();
    const waiting = isConnected && pending().length > 0;
    if (!waiting) return;
    clearTimeout(timer);
    timer = setTimeout(tell, GATHERED_FOR);
  });
}

function pending(): [number, Reached][] {
  const { id: me } = page.agent;
  return [...logs.value.values()]
    .filter((log) => conversations.value.get(log.id)?.agent_id === me)
    .map((log): [number, Reached] => {
      const delivered = log.entries.length;
      const read = lookedAt.value.has(log.id) ? delivered : log.marks.agent_read;
      return [log.id, { delivered, read }];
    })
    .filter(([id, reached]) => isNews(id, reached));
}

function isNews(id: number, reached: Reached): boolean {
  const marks = logs.value.get(id)?.marks;
  const before = told.get(id);
  const delivered = Math.max(before?.delivered ?? 0, marks?.agent_delivered ?? 0);
  const read = Math.max(before?.read ?? 0, marks?.agent_read ?? 0);
  return reached.delivered > delivered || reached.read > read;
}

function tell(): void {
  for (const [id, reached] of pending()) {
    told.set(id, reached);
    connection
      .ask({ type: "conversation.mark", conversation_id: id, ...reached })
      .catch(() => told.delete(id));
  }
}
