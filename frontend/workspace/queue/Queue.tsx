import "./Queue.css";

import chevronDown from "icon:chevron-down";
import chevronUp from "icon:chevron-up";
import list from "icon:list-details";

import { number } from "../../shared/time.ts";
import { change, isListOpen, layout } from "../store/layout.ts";
import { reader } from "../store/page.ts";
import { board, isBoardReady, rows } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { NobodyHere } from "./NobodyHere.tsx";
import { QueueGrid } from "./QueueGrid.tsx";

/** Everybody on the website, docked above the conversation. */
export function Queue() {
  const { isQueueHidden } = layout.value;
  return (
    <section class="queue-dock">
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
        <span class="quiet small">
          {t("onSite", { count: number(board.value.visitors.size, reader.language) })}
        </span>
        <span class="queue-hint quiet small">{t("queueHint")}</span>
        <HideButton isHidden={isQueueHidden} />
      </header>
      {!isQueueHidden && <QueueGrid />}
      {!isQueueHidden && isBoardReady.value && rows.value.length === 0 && <NobodyHere />}
    </section>
  );
}

function HideButton({ isHidden }: { isHidden: boolean }) {
  return (
    <IconButton
      name={isHidden ? "showVisitors" : "hideVisitors"}
      icon={isHidden ? chevronDown : chevronUp}
      isExpanded={!isHidden}
      onClick={() => {
        change({ isQueueHidden: !isHidden });
      }}
    />
  );
}
