import { effect, signal } from "@preact/signals";

import { panes } from "./panes.ts";
import { recall, remember } from "./storage.ts";

interface Layout {
  queueHeight: number;
  isQueueHidden: boolean;
  /** Whether the visitor queue fills the place of the conversations too. */
  isQueueFull: boolean;
  listWidth: number;
  isSideHidden: boolean;
  sideWidth: number;
}

const usual: Layout = {
  queueHeight: 250,
  isQueueHidden: false,
  isQueueFull: false,
  listWidth: 264,
  isSideHidden: false,
  sideWidth: 280,
};

export const layout = signal<Layout>({ ...usual, ...recall<Partial<Layout>>("layout", {}) });
/** Below 1024 pixels the list is a drawer. */
export const isListOpen = signal(false);
/** Below 1280 pixels so is the side pane. */
export const isSideOpen = signal(false);

effect(() => {
  remember("layout", layout.value);
});

export function change(part: Partial<Layout>): void {
  layout.value = { ...layout.value, ...part };
}

// Whoever opens a conversation wants to see it.
let before = panes.peek();
effect(() => {
  const { open, active } = panes.value;
  const isOpened = panes.value !== before && active !== null && open.length >= before.open.length;
  before = panes.value;
  if (isOpened && layout.peek().isQueueFull) change({ isQueueFull: false });
});
