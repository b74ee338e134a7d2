import { markOf } from "../shared/connection/log.ts";
import type { Letter } from "../shared/connection/outbox.ts";
import type { Entry } from "../shared/protocol.ts";
import { clock, exact } from "../shared/time.ts";
import type { VisitorLetter } from "../loader/contract.ts";
import { language, t } from "./language.ts";
import { want } from "./link.ts";
import { MarkIcon } from "./MarkIcon.tsx";
import { conversation, entries } from "./state.ts";
import { Words } from "./Words.tsx";

interface Props {
  entry: Entry;
  isFirst: boolean;
  /** Several said within a minute share the time below the last. */
  isTimed: boolean;
}

/** What somebody said. The name stands above the first of several. */
export function Message({ entry, isFirst, isTimed }: Props) {
  const isOwn = entry.side === "visitor";
  const author = isOwn ? t("you") : entry.author || t("agent");
  const mark = markOf(entry.number, conversation.value?.marks ?? {}, "agent");
  return (
    <div class={isOwn ? "message message--own" : "message"}>
      <span class={isOwn || !isFirst ? "visually-hidden" : "message-author"}>{author}</span>
      <p class="bubble" dir="auto">
        <Words of={entry.text ?? ""} />
      </p>
      {(isOwn || isTimed) && (
        <span class="message-foot">
          <Time at={entry.at} />
          {isOwn && <MarkIcon mark={mark} upTo={entries.value.length} />}
        </span>
      )}
    </div>
  );
}

export function Time({ at }: { at: number }) {
  const moment = new Date(at);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const reader = { language: language.value, timeZone };
  return (
    <time dateTime={moment.toISOString()} title={exact(moment, reader)}>
      {clock(moment, reader)}
    </time>
  );
}

/** Words on their way, or refused with the reason and a way to send them again. */
export function PendingMessage({ letter }: { letter: Letter<VisitorLetter> }) {
  const { command, failure } = letter;
  return (
    <div class="message message--own">
      <span class="visually-hidden">{t("you")}</span>
      <p class={failure ? "bubble bubble--failed" : "bubble"} dir="auto">
        <Words of={command.text} />
      </p>
      <span class="message-foot">
        <Time at={letter.at} />
        <MarkIcon mark={failure ? "failed" : "pending"} />
      </span>
      {failure && <Failed name={command.client_id} text={command.text} reason={failure.message} />}
    </div>
  );
}

function Failed({ name, text, reason }: { name: string; text: string; reason: string }) {
  const sendAgain = () => {
    want({ does: "say", name, text });
  };
  const discard = () => {
    want({ does: "drop", name });
  };
  return (
    <p class="failure">
      {reason}{" "}
      <button class="link-button" type="button" onClick={sendAgain}>
        {t("sendAgain")}
      </button>{" "}
      <button class="link-button" type="button" onClick={discard}>
        {t("discard")}
      </button>
    </p>
  );
}
