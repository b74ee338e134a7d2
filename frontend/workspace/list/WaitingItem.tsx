import { elapsed } from "../../shared/time.ts";
import { now } from "../store/clock.ts";
import { look } from "../store/deeds.ts";
import { isListOpen } from "../store/layout.ts";
import type { Known } from "../model/conversations.ts";
import { panes } from "../store/panes.ts";
import { board } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { pageName, visitorName } from "../ui/names.ts";
import { Beside } from "./Beside.tsx";

export function WaitingItem({ conversation }: { conversation: Known }) {
  const { id, requested_at, preview, page, group_name } = conversation;
  const time = elapsed(now.value - requested_at);
  return (
    <li class="lists-row">
      <button
        class="lists-item lists-item--waiting"
        type="button"
        aria-current={panes.value.active === id}
        onClick={() => {
          look(id);
          isListOpen.value = false;
        }}
      >
        <span class="lists-line">
          <span class="lists-name cut">{visitorName(conversation)}</span>
          {group_name && (
            <span class="chip cut" title={t("forGroup", { group: group_name })}>
              {group_name}
            </span>
          )}
          <span class="lists-time" title={t("waitingFor", { time })}>
            {time}
          </span>
        </span>
        <Remarks of={conversation} />
        <span class="lists-words cut">{preview || pageName(page)}</span>
      </button>
      <Beside id={id} />
    </li>
  );
}

/** What one should know before taking it. */
function Remarks({ of: { visitor, returned_from } }: { of: Known }) {
  const words = [
    ...(returned_from ? [t("returnedFrom", { name: returned_from })] : []),
    ...(hasLeft(visitor) ? [t("gone")] : []),
  ];
  if (words.length === 0) return null;
  return <span class="lists-words lists-words--care cut">{words.join(" · ")}</span>;
}

function hasLeft(visitor: string): boolean {
  return !!board.value.visitors.get(visitor)?.left_at;
}
