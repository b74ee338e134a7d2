import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  text: string;
  isBad: boolean;
}

const SHOWN_FOR = 8_000;
let last = 0;

export const toasts = signal<readonly Toast[]>([]);

export function toast(text: string, { isBad = false } = {}): void {
  const id = ++last;
  toasts.value = [...toasts.value.filter((each) => each.text !== text), { id, text, isBad }];
  setTimeout(() => {
    dismiss(id);
  }, SHOWN_FOR);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}
