import { computed, effect, signal } from "@preact/signals";

import { selected } from "../queue/selection.ts";
import { panes } from "../store/panes.ts";
import { rowOf } from "../store/queue.ts";
import { board, conversations } from "../store/state.ts";

/** Of whom the side pane tells: whoever was chosen last, in the queue or as a conversation. */
export const subject = signal<string | null>(null);

const active = computed(() => {
  const id = panes.value.active;
  return id === null ? null : (conversations.value.get(id)?.visitor ?? null);
});

effect(() => {
  if (selected.value) subject.value = selected.value;
});
effect(() => {
  if (active.value) subject.value = active.value;
});

export const row = computed(() => (subject.value ? rowOf(subject.value) : undefined));
export const onBoard = computed(() => board.value.visitors.get(subject.value ?? ""));
