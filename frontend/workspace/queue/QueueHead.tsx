import chevronDown from "icon:chevron-down";
import chevronUp from "icon:chevron-up";
import filterIcon from "icon:filter";
import list from "icon:list-details";
import maximize from "icon:maximize";
import minimize from "icon:minimize";
import sidebar from "icon:layout-sidebar-right";

import { number } from "../../shared/time.ts";
import { isSideShown, toggleSide } from "../side/showing.ts";
import { change, isListOpen, layout } from "../store/layout.ts";
import { reader } from "../store/page.ts";
import { isPhone } from "../store/panes.ts";
import { rows, total } from "../store/queue.ts";
import { board } from "../store/state.ts";
import { clearFilter, isFiltered, toggleFilter, view } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { FilterField } from "./FilterField.tsx";

export function QueueHead() {
  const { isQueueHidden, isQueueFull } = layout.value;
  const isFolded = isQueueHidden && !isQueueFull;
  return (
    <header class="queue-head">
      <IconButton
        name={isListOpen.value ? "closeList" : "openList"}
        icon={list}
        class="app-list-opener"
        isExpanded={isListOpen.value}
        onClick={() => {
          isListOpen.value = !isListOpen.value;
        }}
      />
      <h2 class="queue-title">{t("visitors")}</h2>
      <Count />
      {!isFolded && <Tools />}
      <IconButton
        name={isQueueFull ? "dockVisitors" : "onlyVisitors"}
        icon={isQueueFull ? minimize : maximize}
        isExpanded={isQueueFull}
        onClick={() => {
          change({ isQueueFull: !isQueueFull });
        }}
      />
      {!isQueueFull && (
        <IconButton
          name={isQueueHidden ? "showVisitors" : "hideVisitors"}
          icon={isQueueHidden ? chevronDown : chevronUp}
          isExpanded={!isQueueHidden}
          onClick={() => {
            change({ isQueueHidden: !isQueueHidden });
          }}
        />
      )}
      <IconButton
        name={isSideShown.value ? "hideSide" : "showSide"}
        icon={sidebar}
        isExpanded={isSideShown.value}
        onClick={toggleSide}
      />
    </header>
  );
}

function Tools() {
  return (
    <>
      {!isPhone.value && <FilterField />}
      <IconButton
        name={view.value.isFilterOpen ? "closeFilter" : "openFilter"}
        icon={filterIcon}
        isExpanded={view.value.isFilterOpen}
        onClick={toggleFilter}
      />
      {!isPhone.value && <ColumnChooser />}
    </>
  );
}

/** How many are here; while a filter narrows, how many of all are shown. */
function Count() {
  const count = (value: number) => number(value, reader.language);
  if (!isFiltered.value) {
    return (
      <span class="queue-count quiet small">{t("onSite", { count: count(board.value.here) })}</span>
    );
  }
  return (
    <span class="queue-count quiet small">
      {t("shownOf", { count: count(rows.value.length), total: count(total.value) })}
      <button class="button button--quiet queue-clear" type="button" onClick={clearFilter}>
        {t("clearFilter")}
      </button>
    </span>
  );
}
