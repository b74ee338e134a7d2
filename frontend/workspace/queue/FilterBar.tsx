import "./FilterBar.css";

import { everybody, type SourceKind } from "../model/filter.ts";
import type { RowState } from "../model/rows.ts";
import { isPhone } from "../store/panes.ts";
import { filter, narrow } from "../store/view.ts";
import { t, type TextKey } from "../texts/index.ts";
import { sourceNames } from "./columns.ts";
import { FilterField } from "./FilterField.tsx";

const states: [RowState, TextKey][] = [
  ["browsing", "browsing"],
  ["other", "inConversation"],
  ["left", "leftState"],
];

/** What to narrow the queue to. One's own conversations and requests are always there. */
export function FilterBar() {
  return (
    <div class="filter-bar" role="group" aria-label={t("filter")}>
      {isPhone.value && <FilterField />}
      <States />
      <Sources />
      <Text name="filterPlace" part="place" />
      <Text name="filterPage" part="page" />
      <span class="filter-note quiet small">{t("filterNote")}</span>
    </div>
  );
}

function States() {
  const chosen = filter.value.states;
  const toggle = (state: RowState) => {
    const others = chosen.filter((each) => each !== state);
    narrow({ states: others.length < chosen.length ? others : [...chosen, state] });
  };
  return states.map(([state, name]) => (
    <button
      key={state}
      class="chip"
      type="button"
      aria-pressed={chosen.includes(state)}
      onClick={() => {
        toggle(state);
      }}
    >
      {t(name)}
    </button>
  ));
}

function Sources() {
  const kinds = Object.entries(sourceNames) as [SourceKind, TextKey][];
  return (
    <select
      class="select"
      aria-label={t("source")}
      value={filter.value.source}
      onChange={({ currentTarget }) => {
        narrow({ source: currentTarget.value as SourceKind | "" });
      }}
    >
      <option value={everybody.source}>{t("anySource")}</option>
      {kinds.map(([kind, name]) => (
        <option key={kind} value={kind}>
          {t(name)}
        </option>
      ))}
    </select>
  );
}

function Text({ name, part }: { name: TextKey; part: "place" | "page" }) {
  return (
    <input
      class="input"
      type="search"
      aria-label={t(name)}
      placeholder={t(name)}
      value={filter.value[part]}
      onInput={({ currentTarget }) => {
        narrow({ [part]: currentTarget.value });
      }}
    />
  );
}
