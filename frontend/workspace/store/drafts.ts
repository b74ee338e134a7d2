import { forget, recall, remember, remembered } from "./storage.ts";

interface Draft {
  text: string;
  at: number;
}

const KEY = "draft:";
const KEPT_FOR = 7 * 86_400_000;

export function draftOf(conversation: number): string {
  return recall<Draft | null>(KEY + String(conversation), null)?.text ?? "";
}

export function keepDraft(conversation: number, text: string): void {
  if (text) remember(KEY + String(conversation), { text, at: Date.now() });
  else forget(KEY + String(conversation));
}

/** Drafts of conversations that ended elsewhere would stay for ever. */
export function dropOldDrafts(now = Date.now()): void {
  remembered(KEY)
    .filter((id) => now - (recall<Draft | null>(KEY + id, null)?.at ?? 0) > KEPT_FOR)
    .forEach((id) => {
      forget(KEY + id);
    });
}
