import { effect, signal } from "@preact/signals";

import { want } from "./link.ts";

/** What the visitor has typed and not sent. It outlives the page. */
export interface Draft {
  text: string;
  name: string;
  email: string;
  /** The name of the offline message that is on its way with these words. */
  leaving: string;
}

const EMPTY: Draft = { text: "", name: "", email: "", leaving: "" };

export const draft = signal<Draft>(EMPTY);

export function change(part: Partial<Draft>): void {
  draft.value = { ...draft.value, ...part };
}

/** Takes up what was kept, and from now on keeps what is typed. */
export function restore(kept: string): void {
  draft.value = { ...EMPTY, ...read(kept) };
  let last = kept;
  effect(() => {
    const value = JSON.stringify(draft.value);
    if (value !== last) want({ does: "keep", key: "draft", value });
    last = value;
  });
}

function read(kept: string): Partial<Draft> {
  try {
    return JSON.parse(kept || "{}") as Partial<Draft>;
  } catch {
    return {};
  }
}
