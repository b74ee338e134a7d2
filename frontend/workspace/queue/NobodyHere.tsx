import { may, page } from "../store/page.ts";
import { t } from "../texts/index.ts";

export function NobodyHere() {
  const canSetUp = may("manage_settings");
  return (
    <div class="queue-nobody">
      <p>{t("noVisitors")}</p>
      {canSetUp && <p>{t("noVisitorsFirst")}</p>}
      {canSetUp && (
        <a class="button" href={page.urls.snippet}>
          {t("getSiteCode")}
        </a>
      )}
    </div>
  );
}
