import type { Conversation } from "../../shared/protocol.ts";
import { elapsed } from "../../shared/time.ts";
import { now } from "../store/clock.ts";
import { look } from "../store/deeds.ts";
import { isListOpen } from "../store/layout.ts";
import { panes } from "../store/panes.ts";
import { t } from "../texts/index.ts";
import { pageName, visitorName } from "../ui/names.ts";
import { Beside } from "./Beside.tsx";

export function WaitingItem({ conversation }: { conversation: Conversation }) {
  const { id, requested_at, preview, page } = conversation;
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
          <span class="lists-time" title={t("waitingFor", { time })}>
            {time}
          </span>
        </span>
        <span class="lists-words cut">{preview || pageName(page)}</span>
      </button>
      <Beside id={id} />
    </li>
  );
}
