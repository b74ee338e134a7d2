import { useLayoutEffect, useRef } from "preact/hooks";

import send from "icon:send-2";

import { wellFormed } from "../loader/page.ts";
import { newName } from "../shared/connection/names.ts";
import { Icon } from "../shared/ui/Icon.tsx";
import { change, draft } from "./draft.ts";
import { useFocusOnOpening } from "./focus.ts";
import { t } from "./language.ts";
import { want } from "./link.ts";

const LONGEST = 4_000;

/** How many characters there are too many. */
export function excessOf(text: string): number {
  return Math.max(0, Array.from(text.trim()).length - LONGEST);
}

export function Composer() {
  const box = useRef<HTMLTextAreaElement>(null);
  const { text } = draft.value;
  const excess = excessOf(text);
  useLayoutEffect(() => {
    if (box.current) fit(box.current);
  }, [text]);
  useFocusOnOpening(box);
  const say = () => {
    const words = wellFormed(text.trim(), LONGEST);
    box.current?.focus();
    if (!words || excess) return;
    want({ does: "say", name: newName(), text: words });
    change({ text: "" });
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <textarea
        class="composer-text"
        ref={box}
        rows={1}
        dir="auto"
        aria-label={t("message")}
        aria-describedby="excess"
        aria-invalid={excess > 0}
        placeholder={t("placeholder")}
        enterkeyhint="send"
        value={text}
        onInput={(event) => {
          change({ text: event.currentTarget.value });
        }}
        onKeyDown={(event) => {
          if (!isPlainEnter(event)) return;
          event.preventDefault();
          say();
        }}
      />
      <button class="composer-send" aria-label={t("send")} title={t("send")}>
        <Icon of={send} />
      </button>
      <p class="composer-excess" id="excess" role="alert">
        {excess > 0 && t("tooLong", { count: excess })}
      </p>
    </form>
  );
}

/** Enter that ends a word of an input method does not send. */
function isPlainEnter(event: KeyboardEvent): boolean {
  // Safari ends the composition before it tells of the key, whose code alone gives it away.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

function fit(box: HTMLTextAreaElement): void {
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}
