import { signal } from "@preact/signals";

const SHOWN_FOR = 6_000;

export interface Toast {
  id: number;
  words: string;
  kind: "plain" | "bad";
  deed?: { word: string; act: () => void };
}

/** What <Toasts> shows, oldest first. */
export const toasts = signal<readonly Toast[]>([]);

let last = 0;

/** Says something in passing; it goes by itself. */
export function say(words: string, more: Partial<Pick<Toast, "kind" | "deed">> = {}): void {
  last += 1;
  const toast: Toast = { id: last, words, kind: "plain", ...more };
  toasts.value = [...toasts.value, toast];
  setTimeout(() => {
    dismiss(toast.id);
  }, SHOWN_FOR);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
