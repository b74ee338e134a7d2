import { computed, signal } from "@preact/signals";

import type { Said, Shown } from "../loader/contract.ts";
import type { Entry } from "../shared/protocol.ts";

/** What the loader last said, the log apart: that one grows. */
export const shown = signal<Shown | null>(null);
export const entries = signal<readonly Entry[]>([]);
export const isOpen = signal(true);
/** Whether the visitor's browser window has the focus, be it in here or on the page around. */
export const hasFocus = signal(false);
export const isUnreachable = signal(false);

export const conversation = computed(() => shown.value?.conversation ?? null);
export const connection = computed(() => shown.value?.connection ?? null);

/** Words on their way, or refused; offline messages have a place of their own. */
export const letters = computed(() =>
  (shown.value?.letters ?? []).filter(({ command }) => command.type !== "offline_message.leave"),
);
export const offlineLetter = computed(() =>
  shown.value?.letters.find(({ command }) => command.type === "offline_message.leave"),
);

/** The name of the picture of the agent who accepted last. */
export const picture = computed(() =>
  entries.value.reduce(
    (before, { kind, picture: own = "" }) => (kind === "accepted" ? own : before),
    "",
  ),
);

export type View = "connecting" | "talk" | "ended" | "offline";

/** Which of its faces the window shows. */
export const view = computed<View>(() => {
  const { availability = null } = shown.value ?? {};
  if (conversation.value) return conversation.value.state === "ended" ? "ended" : "talk";
  if (letters.value.length) return "talk";
  if (!availability) return "connecting";
  return availability === "offline" ? "offline" : "talk";
});

export function take(said: Said): void {
  if ("isOpen" in said) isOpen.value = said.isOpen;
  if (!("shown" in said)) return;
  const { conversation } = said.shown;
  const known = entries.value.slice(0, conversation?.from ?? 0);
  entries.value = conversation ? [...known, ...conversation.entries] : [];
  shown.value = said.shown;
  hasFocus.value = said.hasFocus;
}
