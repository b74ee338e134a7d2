import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { t } from "./language.ts";
import { want } from "./link.ts";

export const isAsking = signal(false);

/** Asks once, inside the window. */
export function EndQuestion() {
  const keep = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    keep.current?.focus();
  }, []);
  const stay = () => {
    isAsking.value = false;
  };
  const end = () => {
    stay();
    want({ does: "end" });
  };
  return (
    <div class="question" role="alertdialog" aria-labelledby="question">
      <p id="question">{t("endQuestion")}</p>
      <div class="question-answers">
        <button class="button button--danger" type="button" onClick={end}>
          {t("endChat")}
        </button>
        <button class="button" type="button" ref={keep} onClick={stay}>
          {t("keepChatting")}
        </button>
      </div>
    </div>
  );
}
