import { computed } from "@preact/signals";

import { isPhone } from "../store/panes.ts";
import { rowHeight } from "../ui/rowHeight.ts";

const CARD = 68;

/** On a phone a row is a card of two lines. */
export const height = computed(() => (isPhone.value ? CARD : rowHeight.value));
