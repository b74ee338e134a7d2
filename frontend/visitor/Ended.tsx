import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "./language.ts";
import { want } from "./link.ts";

/** In the composer's place once the chat has ended. */
export function Ended() {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // Whoever was writing, or ended it, would otherwise have lost their place.
    if (document.hasFocus() && document.activeElement === document.body) button.current?.focus();
  }, []);
  const begin = () => {
    want({ does: "begin" });
  };
  return (
    <div class="ended">
      <button
        class="button button--primary button--wide"
        type="button"
        ref={button}
        onClick={begin}
      >
        {t("startNew")}
      </button>
    </div>
  );
}
