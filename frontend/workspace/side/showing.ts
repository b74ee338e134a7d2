import { computed } from "@preact/signals";

import { change, isSideOpen, layout } from "../store/layout.ts";
import { width } from "../store/panes.ts";

const BESIDE = 1280;

/** Whether there is room for it beside the conversations; else it lies above them. */
export const isBeside = computed(() => width.value >= BESIDE);
export const isSideShown = computed(() =>
  isBeside.value ? !layout.value.isSideHidden : isSideOpen.value,
);

export function toggleSide(): void {
  if (isBeside.peek()) change({ isSideHidden: !layout.peek().isSideHidden });
  else isSideOpen.value = !isSideOpen.peek();
}
