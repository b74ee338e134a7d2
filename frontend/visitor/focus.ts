import { useSignalEffect } from "@preact/signals";

import { isOpen } from "./state.ts";

interface Focusable {
  current: HTMLElement | null;
}

/** Puts the focus where one writes, except where that would bring up a keyboard over half the screen. */
export function useFocusOnOpening(element: Focusable): void {
  useSignalEffect(() => {
    if (isOpen.value && document.hasFocus() && !matchMedia("(pointer: coarse)").matches)
      element.current?.focus();
  });
}
