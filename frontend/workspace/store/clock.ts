import { computed } from "@preact/signals";

import { now as date } from "../../shared/ui/now.ts";

/** The time, by the second: everything that counts up reads this one. */
export const now = computed(() => date.value.getTime());
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
