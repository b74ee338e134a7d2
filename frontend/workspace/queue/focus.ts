import { signal } from "@preact/signals";

/** The field of the filter, while it is on the screen. */
export const field = signal<HTMLInputElement | null>(null);

export function focusFilter(): void {
  field.value?.focus();
}

/** From the filter back to the row one was on, or the first. */
export function focusRows(): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".queue-row")];
  const chosen = rows.find((each) => each.tabIndex === 0) ?? rows[0];
  chosen?.focus();
}
