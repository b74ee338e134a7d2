import { effect, signal } from "@preact/signals";

import { recall, remember } from "./storage.ts";

interface Layout {
  queueHeight: number;
  isQueueHidden: boolean;
  listWidth: number;
}

const usual: Layout = { queueHeight: 250, isQueueHidden: false, listWidth: 264 };

export const layout = signal<Layout>({ ...usual, ...recall<Partial<Layout>>("layout", {}) });
/** Below 1024 pixels the list is a drawer. */
export const isListOpen = signal(false);

effect(() => {
  remember("layout", layout.value);
});

export function change(part: Partial<Layout>): void {
  layout.value = { ...layout.value, ...part };
}
