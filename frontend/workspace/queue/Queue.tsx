import "./Queue.css";

import { number } from "../../shared/time.ts";
import { layout } from "../store/layout.ts";
import { reader } from "../store/page.ts";
import { rows, total } from "../store/queue.ts";
import { isBoardReady } from "../store/state.ts";
import { clearFilter, view } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { FilterBar } from "./FilterBar.tsx";
import { NobodyHere } from "./NobodyHere.tsx";
import { QueueGrid } from "./QueueGrid.tsx";
import { QueueHead } from "./QueueHead.tsx";

/** Everybody on the website: docked above the conversation, or in its place. */
export function Queue() {
  const { isQueueHidden, isQueueFull } = layout.value;
  const isEmpty = isBoardReady.value && rows.value.length === 0;
  return (
    <section class="queue-dock">
      <QueueHead />
      {(isQueueFull || !isQueueHidden) && (
        <>
          {view.value.isFilterOpen && <FilterBar />}
          <QueueGrid />
          {isEmpty && (total.value > 0 ? <AllHidden /> : <NobodyHere />)}
        </>
      )}
    </section>
  );
}

/** The filter hides everybody. */
function AllHidden() {
  return (
    <div class="queue-nobody">
      <p role="status">{t("allHidden", { total: number(total.value, reader.language) })}</p>
      <button class="button" type="button" onClick={clearFilter}>
        {t("clearFilter")}
      </button>
    </div>
  );
}
