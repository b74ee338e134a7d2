import "./Side.css";

import user from "icon:user";
import x from "icon:x";

import { number } from "../../shared/time.ts";
import { Empty } from "../../shared/ui/Empty.tsx";
import { stateWords } from "../queue/columns.ts";
import { change, layout } from "../store/layout.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { visitorName } from "../ui/names.ts";
import { Splitter } from "../ui/Splitter.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { Facts } from "./Facts.tsx";
import { isBeside, isSideShown, toggleSide } from "./showing.ts";
import { onBoard, row, subject } from "./subject.ts";
import { useVisits } from "./useVisits.ts";
import { VisitList } from "./VisitList.tsx";

/** Who it is that one looks at. */
export function Side() {
  if (!isSideShown.value) return null;
  const { sideWidth } = layout.value;
  return (
    <>
      {isBeside.value && (
        <Splitter
          name="resizeSide"
          lies="down"
          isAtEnd
          value={sideWidth}
          least={220}
          most={440}
          onChange={(to) => {
            change({ sideWidth: to });
          }}
        />
      )}
      <aside
        class={isBeside.value ? "side" : "side side--above"}
        aria-label={t("visitorPane")}
        style={{ "--side-width": `${sideWidth}px` }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !isBeside.value) toggleSide();
        }}
      >
        <header class="side-head">
          <h2 class="side-title">{t("visitorPane")}</h2>
          <IconButton name="hideSide" icon={x} onClick={toggleSide} />
        </header>
        {subject.value ? (
          <Somebody key={subject.value} visitor={subject.value} />
        ) : (
          <Empty icon={user} words={t("nobodyChosen")} />
        )}
      </aside>
    </>
  );
}

function Somebody({ visitor }: { visitor: string }) {
  const present = onBoard.value;
  const [visits, again] = useVisits(visitor, present?.entered_at);
  const told = visits.phase === "known" ? visits.told : null;
  const name = row.value?.name || told?.name || "";
  const inAll = told?.visits_in_all ?? present?.visits ?? 0;
  const state = row.value ? stateWords(row.value) : t("gone");
  return (
    <div class="side-body">
      <div class="side-who">
        <VisitorFace name={name} />
        <div class="side-names">
          <p class="side-name cut" dir="auto" title={name || visitor}>
            {visitorName({ visitor, name })}
          </p>
          <p class="quiet small cut">
            {state}
            {inAll > 0 && ` · ${t("visitsInAll", { count: number(inAll, reader.language) })}`}
          </p>
        </div>
      </div>
      {present && <Facts of={present} />}
      <VisitList of={visits} enteredAt={present?.entered_at} onAgain={again} />
    </div>
  );
}
