import { useSignal } from "@preact/signals";

import { asked, bad, care, found, good } from "./findings.ts";
import { t } from "./texts/index.ts";
import { playTone } from "./tone.ts";

/** Whether a tone is heard only the person in front of it can tell. */
export function Sound() {
  const hasPlayed = useSignal(false);
  const play = async () => {
    hasPlayed.value = await playTone().catch(() => false);
    if (hasPlayed.value) found("sound", asked(t("didYouHear"), t("listenHint")));
    else found("sound", care(t("soundBlocked"), t("soundBlockedAdvice")));
  };
  if (!("AudioContext" in globalThis)) return null;
  return (
    <>
      <button class="button" type="button" onClick={() => void play()}>
        {t(hasPlayed.value ? "playAgain" : "play")}
      </button>
      {hasPlayed.value && (
        <span role="group" aria-label={t("didYouHear")} class="button-row">
          <button
            class="button"
            type="button"
            onClick={() => {
              found("sound", good(t("soundGood")));
            }}
          >
            {t("yes")}
          </button>
          <button
            class="button"
            type="button"
            onClick={() => {
              found("sound", bad(t("soundBad"), t("soundAdvice")));
            }}
          >
            {t("no")}
          </button>
        </span>
      )}
    </>
  );
}

export function checkSound() {
  return "AudioContext" in globalThis
    ? asked(t("soundAsk"), t("soundAskHint"))
    : bad(t("soundAbsent"), t("soundAbsentAdvice"));
}
