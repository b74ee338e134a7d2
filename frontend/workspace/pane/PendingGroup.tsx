import { outbox } from "../live/outbox.ts";
import { t } from "../texts/index.ts";
import { MarkIcon } from "./MarkIcon.tsx";
import type { OwnLetter } from "./useLetters.ts";
import { Words } from "./Words.tsx";

/** What is on its way, or was refused and can be sent again. */
export function PendingGroup({ letters }: { letters: readonly OwnLetter[] }) {
  return (
    <div class="message-group message-group--mine">
      <div class="message-stack">
        {letters.map((letter) => (
          <Pending key={letter.command.client_id} letter={letter} />
        ))}
      </div>
    </div>
  );
}

function Pending({ letter }: { letter: OwnLetter }) {
  const { failure, command } = letter;
  return (
    <>
      <div class={`message message--${failure ? "failed" : "pending"}`} dir="auto">
        <Words text={command.text} />
        <MarkIcon mark={failure ? "failed" : "pending"} />
      </div>
      {failure && <Failed command={command} reason={failure.message} />}
    </>
  );
}

function Failed({ command, reason }: { command: OwnLetter["command"]; reason: string }) {
  return (
    <p class="message-failure">
      {reason}
      <button
        class="message-deed"
        type="button"
        onClick={() => {
          outbox.add(command);
        }}
      >
        {t("sendAgain")}
      </button>
      <button
        class="message-deed"
        type="button"
        onClick={() => {
          outbox.drop(command.client_id);
        }}
      >
        {t("discard")}
      </button>
    </p>
  );
}
