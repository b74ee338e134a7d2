import "./ColumnChooser.css";

import earlier from "icon:chevron-up";
import later from "icon:chevron-down";
import columnsIcon from "icon:columns";

import { Icon, type IconNodes } from "../../shared/ui/Icon.tsx";
import { type Column, columns } from "../model/order.ts";
import { moveColumn, resetColumns, toggleColumn, view } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { facts } from "./columns.ts";

/** Which columns there are, and in which order. Escape and clicks elsewhere are the page script's. */
export function ColumnChooser() {
  const shown = view.value.columns;
  const hidden = columns.filter((each) => !shown.includes(each));
  return (
    <details class="menu column-chooser">
      <summary
        class="button button--quiet button--icon"
        title={t("chooseColumns")}
        aria-label={t("chooseColumns")}
      >
        <Icon of={columnsIcon} />
      </summary>
      <div class="menu-list menu-list--end" role="group" aria-label={t("chooseColumns")}>
        {[...shown, ...hidden].map((column) => (
          <Line key={column} column={column} at={shown.indexOf(column)} count={shown.length} />
        ))}
        <button class="menu-item" type="button" onClick={resetColumns}>
          {t("resetColumns")}
        </button>
      </div>
    </details>
  );
}

function Line({ column, at, count }: { column: Column; at: number; count: number }) {
  const name = t(facts[column].name);
  return (
    <div class="column-line">
      <label class="column-name">
        <input
          type="checkbox"
          checked={at >= 0}
          disabled={at >= 0 && count === 1}
          onChange={() => {
            toggleColumn(column);
          }}
        />
        <span class="cut">{name}</span>
      </label>
      {at > 0 && <Move name={t("moveEarlier", { name })} icon={earlier} column={column} by={-1} />}
      {at >= 0 && at < count - 1 && (
        <Move name={t("moveLater", { name })} icon={later} column={column} by={1} />
      )}
    </div>
  );
}

function Move(props: { name: string; icon: IconNodes; column: Column; by: -1 | 1 }) {
  return (
    <button
      class={`button button--quiet button--icon column-move column-move--${props.by > 0 ? "later" : "earlier"}`}
      type="button"
      aria-label={props.name}
      title={props.name}
      onClick={() => {
        moveColumn(props.column, props.by);
      }}
    >
      <Icon of={props.icon} />
    </button>
  );
}
