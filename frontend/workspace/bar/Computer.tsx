import { askForComputer, watch } from "../live/computer.ts";
import { t } from "../texts/index.ts";

/** Only where the browser can watch the whole computer; elsewhere there is nothing to say. */
export function Computer() {
  if (watch.value === "absent") return null;
  return <div class="menu-group">{watch.value === "off" ? <Ask /> : <Answer />}</div>;
}

function Ask() {
  return (
    <button class="menu-item" type="button" onClick={() => void askForComputer()}>
      <span class="status-choice">
        {t("computerAsk")}
        <span class="quiet small">{t("computerAskHint")}</span>
      </span>
    </button>
  );
}

function Answer() {
  return (
    <p class="status-note quiet small">
      {t(watch.value === "on" ? "computerOn" : "computerDenied")}
    </p>
  );
}
