import "./Composer.css";

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import sendIcon from "icon:send";

import type { Conversation } from "../../shared/protocol.ts";
import { Icon } from "../../shared/ui/Icon.tsx";
import { write } from "../live/outbox.ts";
import { draftOf, keepDraft } from "../store/drafts.ts";
import { isPhone, panes } from "../store/panes.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { isSending } from "./keys.ts";

const LONGEST = 4_000;
const WARNED_AT = 200;

export function Composer({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const [text, setText] = useState(() => draftOf(id));
  const area = useRef<HTMLTextAreaElement>(null);
  useGrowing(area, text);
  useFocusWhenActive(area, id);

  function put(words: string) {
    setText(words);
    keepDraft(id, words);
  }

  function send() {
    if (!text.trim()) return;
    write(id, text.trim());
    put("");
    area.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        class="composer-text"
        ref={area}
        rows={1}
        value={text}
        maxLength={LONGEST}
        aria-label={t("message")}
        placeholder={t("writeTo", { name: visitorName(conversation) })}
        title={t("sendKeys")}
        onInput={(event) => {
          put(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (!isSending(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="composer-bar">
        <LettersLeft count={LONGEST - text.length} />
        <button class="button button--primary" type="submit" aria-disabled={!text.trim()}>
          <Icon of={sendIcon} />
          {t("send")}
        </button>
      </div>
    </form>
  );
}

function LettersLeft({ count }: { count: number }) {
  if (count > WARNED_AT) return <span class="composer-hint">{t("sendKeys")}</span>;
  return (
    <span class="composer-hint composer-hint--care" role="status">
      {t("lettersLeft", { count })}
    </span>
  );
}

/** As high as its words; the style sheet says where it begins to scroll instead. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [area, text]);
}

/** Not on a phone, where the keyboard would cover what one came to read. */
function useFocusWhenActive(area: { current: HTMLTextAreaElement | null }, id: number): void {
  const isActive = panes.value.active === id;
  useEffect(() => {
    if (isActive && !isPhone.peek()) area.current?.focus({ preventScroll: true });
  }, [area, isActive]);
}
