import { texts } from "./texts/index.ts";

const SHOWN_FOR = 2_000;

/** Buttons with data-copy="id" copy the text of that element and say so. */
export function startCopying(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copy]");
    const source = button && page.getElementById(button.dataset["copy"] ?? "");
    if (source) void copy(source, button);
  });
}

async function copy(source: HTMLElement, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(textOf(source));
    say(button, texts().copied);
  } catch {
    // No clipboard without https, or not allowed: mark the words so that one keystroke does it.
    getSelection()?.selectAllChildren(source);
    say(button, texts().copyByHand);
  }
}

function textOf(source: HTMLElement): string {
  return source instanceof HTMLInputElement ? source.value : source.textContent;
}

function say(button: HTMLButtonElement, words: string): void {
  const place = button.querySelector("[data-copy-words]") ?? button;
  const before = place.textContent;
  if (before === words) return;
  place.textContent = words;
  setTimeout(() => {
    place.textContent = before;
  }, SHOWN_FOR);
}
