import { look } from "../store/deeds.ts";
import { isListOpen } from "../store/layout.ts";
import { own, requests } from "../store/state.ts";
import { nextNews } from "../ui/next.ts";
import { isKeyListOpen } from "./open.ts";

/** The keys that hold everywhere in the workspace. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    const deed = deedOf(event);
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}

export function deedOf(event: KeyboardEvent): (() => void) | null {
  // By place, not by letter: Alt changes the letter on a Mac.
  if (event.altKey && event.code === "KeyZ") return goToNews;
  if (event.key === "Escape" && isListOpen.value) return closeList;
  if (event.key === "?" && !isWriting(event.target)) return openKeyList;
  return null;
}

function goToNews(): void {
  const next = nextNews(own.value, requests.value);
  if (next) look(next.id);
}

function closeList(): void {
  isListOpen.value = false;
}

function openKeyList(): void {
  isKeyListOpen.value = true;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select") !== null;
}
