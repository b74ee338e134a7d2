import "./QueueRow.css";

import type { Column } from "../model/order.ts";
import type { Row } from "../model/rows.ts";
import { facts } from "./columns.ts";
import { act, selected } from "./selection.ts";
import { StateCell } from "./StateCell.tsx";

interface Props {
  row: Row;
  at: number;
  height: number;
  columns: readonly Column[];
  isFirst: boolean;
}

let pressedOn: string | null = null;

export function QueueRow({ row, at, height, columns, isFirst }: Props) {
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
      style={{ transform: `translateY(${at * height}px)` }}
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
      {columns.map((column) =>
        column === "state" ? (
          <StateCell key={column} row={row} />
        ) : (
          <Cell key={column} row={row} column={column} />
        ),
      )}
    </div>
  );
}

function Cell({ row, column }: { row: Row; column: Column }) {
  const { isNumber, words } = facts[column];
  const { text, hint = text } = words(row);
  const kind = isNumber ? " queue-cell--number" : "";
  return (
    <span class={`queue-cell queue-${column}${kind} cut`} role="gridcell" title={hint || undefined}>
      {/* Words from outside run as their own letters do, in a cell that stands as the page does. */}
      <bdi>{text}</bdi>
    </span>
  );
}
