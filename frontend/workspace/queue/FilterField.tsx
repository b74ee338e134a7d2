import search from "icon:search";

import { Icon } from "../../shared/ui/Icon.tsx";
import { filter, narrow } from "../store/view.ts";
import { t } from "../texts/index.ts";
import { field, focusRows } from "./focus.ts";

/** Words that may stand anywhere in a row. */
export function FilterField() {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && filter.value.text) narrow({ text: "" });
    else if (["Escape", "ArrowDown", "Enter"].includes(event.key)) focusRows();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <label class="queue-search">
      <Icon of={search} />
      <input
        type="search"
        aria-label={t("findVisitors")}
        placeholder={t("findVisitors")}
        title={t("findVisitorsHint")}
        value={filter.value.text}
        ref={(element) => {
          field.value = element;
        }}
        onInput={({ currentTarget }) => {
          narrow({ text: currentTarget.value });
        }}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
