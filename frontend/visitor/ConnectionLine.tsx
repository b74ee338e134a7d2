import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { t } from "./language.ts";
import { want } from "./link.ts";
import { connection } from "./state.ts";

const now = signal(Date.now());

/** Shown while the connection is lost: when it is tried again, and which attempt that is. */
export function ConnectionLine() {
  const { phase, attempt = 0, retryAt = 0 } = connection.value ?? {};
  const isLost = attempt > 0 && (phase === "waiting" || phase === "connecting");
  useClock(isLost);
  return (
    <div class={isLost ? "connection" : "connection connection--well"}>
      <span class="visually-hidden" role="status">
        {isLost && t("lost")}
      </span>
      {isLost && (
        <>
          <span>
            {phase === "waiting"
              ? t("tryingAgain", { seconds: secondsTo(retryAt), attempt })
              : t("trying", { attempt })}
          </span>
          {phase === "waiting" && <TryNow />}
        </>
      )}
    </div>
  );
}

function TryNow() {
  const retry = () => {
    want({ does: "retry" });
  };
  return (
    <button class="link-button" type="button" onClick={retry}>
      {t("tryNow")}
    </button>
  );
}

function secondsTo(moment: number): number {
  return Math.max(0, Math.ceil((moment - now.value) / 1_000));
}

function useClock(runs: boolean): void {
  useEffect(() => {
    if (!runs) return undefined;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [runs]);
}
