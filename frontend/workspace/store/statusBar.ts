import { effect, signal } from "@preact/signals";

import { recall, remember } from "./storage.ts";

const KEY = "status-bar-hidden";

/** Whether this page has a status bar at all. */
export const isStatusBarHere = signal(false);
export const isStatusBarHidden = signal(recall(KEY, false));

effect(() => {
  remember(KEY, isStatusBarHidden.value);
});
