import { page } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { qualityMeaning, qualityWords } from "../ui/qualityWords.ts";
import { quality } from "../live/quality.ts";
import { QualityBars } from "./QualityBars.tsx";

/** How the connection is, on every agent page: one click checks it. */
export function QualityLink() {
  return (
    <a class="menu-item" href={page.urls.check} title={t("checkConnection")}>
      <QualityBars of={quality.value} />
      <span class="status-choice">
        {t("qualityIs", { words: qualityWords() })}
        <span class="quiet small">{qualityMeaning()}</span>
      </span>
    </a>
  );
}
