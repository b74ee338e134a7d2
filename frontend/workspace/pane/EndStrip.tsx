import "./EndStrip.css";

import { useEffect, useRef } from "preact/hooks";

import type { Conversation } from "../../shared/protocol.ts";
import { now } from "../store/clock.ts";
import { ending, endNow, GRACE, keepTalking } from "../store/ending.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";

/** Says what End is about to do, while it can be taken back. */
export function EndStrip({ conversation }: { conversation: Conversation }) {
  const at = ending.value.get(conversation.id);
  if (at === undefined || conversation.state !== "active") return null;
  return <Strip conversation={conversation} at={at} />;
}

function Strip({ conversation, at }: { conversation: Conversation; at: number }) {
  const { id } = conversation;
  // The clock on the screen may be up to a second behind.
  const left = Math.min(GRACE, at - now.value);
  const seconds = Math.max(1, Math.ceil(left / 1_000));
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="end-strip" role="alertdialog" aria-label={t("end")}>
      <p>{t("endsSoon", { name: visitorName(conversation), seconds })}</p>
      <button
        class="button"
        type="button"
        ref={keep}
        onClick={() => {
          keepTalking(id);
        }}
      >
        {t("keepTalking")}
      </button>
      <button
        class="button button--danger"
        type="button"
        onClick={() => {
          endNow(id);
        }}
      >
        {t("endNow")}
      </button>
    </div>
  );
}
