import type { Conversation } from "../../shared/protocol.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { look } from "../store/deeds.ts";
import { draftOf } from "../store/drafts.ts";
import { isListOpen } from "../store/layout.ts";
import { panes } from "../store/panes.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { Beside } from "./Beside.tsx";

export function OwnItem({ conversation }: { conversation: Conversation }) {
  const { id, state } = conversation;
  const unread = conversation.unread ?? 0;
  return (
    <li class="lists-row">
      <button
        class={`lists-item lists-item--${state}${unread > 0 ? " lists-item--new" : ""}`}
        type="button"
        aria-current={panes.value.active === id}
        onClick={() => {
          look(id);
          isListOpen.value = false;
        }}
      >
        <span class="lists-line">
          <span class="lists-name cut">{visitorName(conversation)}</span>
          {state === "ended" && <span class="chip">{t("ended")}</span>}
          <Badge count={unread} label={t("unread", { count: unread })} />
        </span>
        <span class="lists-words cut">{words(conversation)}</span>
      </button>
      <Beside id={id} />
    </li>
  );
}

function words({ id, preview }: Conversation): string {
  const draft = panes.value.active === id ? "" : draftOf(id);
  return draft ? t("draft", { text: draft }) : (preview ?? "");
}
