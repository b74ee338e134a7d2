import "./StatusBar.css";

import { useEffect } from "preact/hooks";

import { number } from "../../shared/time.ts";
import { QualityBars } from "../bar/QualityBars.tsx";
import { connectionState } from "../live/connection.ts";
import { quality } from "../live/quality.ts";
import { page, reader } from "../store/page.ts";
import { board, isBoardReady, myStatus, requests } from "../store/state.ts";
import { isStatusBarHere, isStatusBarHidden } from "../store/statusBar.ts";
import { t } from "../texts/index.ts";
import {
  isMeasured,
  milliseconds,
  qualityMeaning,
  qualityWords,
  wayWords,
} from "../ui/qualityWords.ts";

/** The state of things at a glance, below everything; whoever has no use for it hides it. */
export function StatusBar() {
  useEffect(() => {
    isStatusBarHere.value = true;
  }, []);
  if (isStatusBarHidden.value) return null;
  return (
    <section class="status-bar" aria-label={t("statusBar")}>
      <p class="status-bar-facts cut">
        <Counts />
        <Who />
      </p>
      <QualityButton />
    </section>
  );
}

function Counts() {
  if (!isBoardReady.value) return null;
  const count = (value: number) => number(value, reader.language);
  return (
    <>
      <span>{t("visitorsNow", { count: count(onSite()) })}</span>
      <span>{t("waitingNow", { count: count(requests.value.length) })}</span>
    </>
  );
}

function Who() {
  const { agent_id, role } = page.agent;
  const isThere = connectionState.value.phase === "open";
  const status = t(isThere ? (myStatus.value ?? "offline") : "offline");
  return (
    <>
      <span>
        {t("companyId")} {page.company_id}
      </span>
      {page.plan.map((words) => (
        <span key={words}>{words}</span>
      ))}
      <span>{page.is_visiting ? role : t("yourself", { agent_id, role, status })}</span>
    </>
  );
}

function QualityButton() {
  return (
    <details class="menu status-bar-quality">
      <summary class="status-bar-button" title={qualityMeaning()}>
        <QualityBars of={quality.value} />
        <span class="visually-hidden">{t("quality")}: </span>
        <span class="status-bar-word">{t(quality.value ?? "measuring")}</span>
        {isMeasured() && <span>{milliseconds()}</span>}
      </summary>
      <div class="menu-list menu-list--end status-bar-list">
        <p class="status-bar-title">{t("qualityIs", { words: qualityWords() })}</p>
        <p class="status-bar-meaning">
          {qualityMeaning()} {wayWords()}
        </p>
        <div class="menu-group">
          <a class="menu-item" href={page.urls.check}>
            {t("checkConnection")}
          </a>
          <button
            class="menu-item"
            type="button"
            onClick={() => {
              isStatusBarHidden.value = true;
            }}
          >
            {t("hideStatusBar")}
          </button>
        </div>
      </div>
    </details>
  );
}

function onSite(): number {
  return [...board.value.visitors.values()].filter((each) => !each.left_at).length;
}
