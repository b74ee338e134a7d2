import "./QueueRow.css";

import { clock, elapsed, exact } from "../../shared/time.ts";
import type { Row } from "../model/queue.ts";
import { now } from "../store/clock.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { pageHint, pageName, visitorName } from "../ui/names.ts";
import { rowHeight } from "../ui/rowHeight.ts";
import { act, selected } from "./selection.ts";
import { StateCell } from "./StateCell.tsx";

interface Props {
  row: Row;
  at: number;
  isFirst: boolean;
}

let pressedOn: string | null = null;

export function QueueRow({ row, at, isFirst }: Props) {
  const isSelected = selected.value === row.visitor;
  const choose = () => (selected.value = row.visitor);
  return (
    <div
      class={`queue-row queue-row--${row.state}`}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      tabIndex={isSelected || (isFirst && selected.value === null) ? 0 : -1}
      data-visitor={row.visitor}
      style={{ transform: `translateY(${at * rowHeight.value}px)` }}
      onFocus={choose}
      onClick={(event) => {
        // Rows may change places between two clicks: both must have meant the same visitor.
        if (event.detail !== 2) pressedOn = row.visitor;
        choose();
      }}
      onDblClick={() => {
        if (pressedOn === row.visitor) act(row);
      }}
    >
      <Cells row={row} />
    </div>
  );
}

function Cells({ row }: { row: Row }) {
  return (
    <>
      <StateCell row={row} />
      <Cell of="visitor" text={visitorName(row)} hint={row.visitor} />
      <Cell of="page" text={pageName(row.page)} hint={pageHint(row.page)} />
      <Entered at={row.enteredAt} />
      <Waiting since={row.waitingSince} />
      <Cell of="agent" text={row.state === "mine" ? t("you") : row.agent} hint={row.agent} />
    </>
  );
}

function Entered({ at }: { at: number | null }) {
  const when = at === null ? null : new Date(at);
  const text = when ? clock(when, reader) : t("gone");
  return <Cell of="entered" text={text} hint={when ? exact(when, reader) : ""} />;
}

function Waiting({ since }: { since: number | null }) {
  const text = since === null ? "" : elapsed(now.value - since);
  return <Cell of="waiting" text={text} hint="" />;
}

function Cell({ of, text, hint }: { of: string; text: string; hint: string }) {
  return (
    <span class={`queue-cell queue-${of} cut`} role="gridcell" title={hint || undefined}>
      {text}
    </span>
  );
}
