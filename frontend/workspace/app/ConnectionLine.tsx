import "./ConnectionLine.css";

import plug from "icon:plug-connected-x";

import { Icon } from "../../shared/ui/Icon.tsx";
import { connection, connectionState } from "../live/connection.ts";
import { now } from "../store/clock.ts";
import { t } from "../texts/index.ts";

/** Only while the connection is lost: what happens next, and that nothing written is. */
export function ConnectionLine() {
  const { phase, attempt, retryAt } = connectionState.value;
  const isLost = phase === "waiting" || (phase === "connecting" && attempt > 0);
  if (!isLost) return null;
  const seconds = Math.max(1, Math.round((retryAt - now.value) / 1_000));
  const words =
    phase === "waiting" ? t("lost", { seconds, attempt }) : t("lostTrying", { attempt });
  return (
    <div class="connection-line" role="status">
      <Icon of={plug} />
      <span class="connection-words">
        {words} <span class="connection-kept">{t("kept")}</span>
      </span>
      <button
        class="button"
        type="button"
        onClick={() => {
          connection.retry();
        }}
      >
        {t("tryNow")}
      </button>
    </div>
  );
}
