import type { Visit } from "../../shared/protocol.ts";
import { elapsed, number } from "../../shared/time.ts";
import { When } from "../../shared/ui/When.tsx";
import { placeOf } from "../model/rows.ts";
import { sourceWords, systemWords } from "../queue/columns.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { PageLink } from "./PageLink.tsx";
import type { Visits } from "./useVisits.ts";

interface Props {
  of: Visits;
  /** Since when the visitor is here: this visit stands above, in the facts. */
  enteredAt: number | undefined;
  onAgain: () => void;
}

/** The visits before this one, newest first. */
export function VisitList({ of, enteredAt, onAgain }: Props) {
  return (
    <section class="side-visits" aria-busy={of.phase === "loading"}>
      <h3 class="side-heading">{t("earlierVisits")}</h3>
      {of.phase === "loading" && <Skeleton />}
      {of.phase === "failed" && (
        <div class="side-empty">
          <p role="status">{t("visitsFailed")}</p>
          <button class="button" type="button" onClick={onAgain}>
            {t("tryAgain")}
          </button>
        </div>
      )}
      {of.phase === "known" && (
        <Known
          visits={of.told.visits.filter((each) => isEarlier(each, enteredAt))}
          rest={of.told.visits_in_all - of.told.visits.length}
        />
      )}
    </section>
  );
}

function Known({ visits, rest }: { visits: readonly Visit[]; rest: number }) {
  if (visits.length === 0) return <p class="side-empty">{t("firstVisit")}</p>;
  return (
    <>
      <ol class="side-list">
        {visits.map((each) => (
          <Item key={each.began_at} visit={each} />
        ))}
      </ol>
      {rest > 0 && (
        <p class="side-empty">{t("moreVisits", { count: number(rest, reader.language) })}</p>
      )}
    </>
  );
}

function Item({ visit }: { visit: Visit }) {
  const { began_at, ended_at, page, pages, source, place, browser } = visit;
  const stayed = ended_at == null ? null : elapsed(ended_at - began_at);
  const system = systemWords({ system: visit.system ?? "", device: visit.device ?? "other" });
  const facts = [source && sourceWords(source), placeOf(place), browser, system];
  const line = facts.filter((each) => !!each).join(" · ");
  return (
    <li class="side-visit">
      <span class="side-visit-line">
        <When at={new Date(began_at)} reader={reader} />
        <span class="quiet small number">
          {stayed && <span title={t("stayed", { time: stayed })}>{stayed} · </span>}
          {t("pagesCount", { count: pages ?? 1 })}
        </span>
      </span>
      <PageLink page={page} />
      <span class="quiet small cut" title={line}>
        {line}
      </span>
    </li>
  );
}

function Skeleton() {
  return (
    <div class="side-skeleton" aria-hidden="true">
      <span class="skeleton" />
      <span class="skeleton skeleton--half" />
      <span class="skeleton" />
      <span class="skeleton skeleton--half" />
    </div>
  );
}

/** Who comes back soon goes on with the visit: one that ended before this time is an earlier one. */
function isEarlier({ ended_at }: Visit, enteredAt: number | undefined): boolean {
  return ended_at != null && (enteredAt === undefined || ended_at < enteredAt);
}
