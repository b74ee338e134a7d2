import { computed } from "@preact/signals";

import { width } from "../store/panes.ts";

/** The height of a row as the tokens say: it differs by pointer, so it is read again with the window. */
export const rowHeight = computed(() => {
  const told = width.value && getComputedStyle(document.documentElement).getPropertyValue("--row");
  return parseInt(String(told), 10) || 36;
});
