import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import arrow from "icon:arrow-down";

import { Icon } from "../shared/ui/Icon.tsx";
import type { Entry } from "../shared/protocol.ts";
import { EventLine } from "./EventLine.tsx";
import { t } from "./language.ts";
import { Message, PendingMessage } from "./Message.tsx";
import { isAtEnd } from "./reading.ts";
import { conversation, entries, isOpen, letters, shown, view } from "./state.ts";

const NEAR = 24;

/** The conversation. It stays at its end unless the visitor has scrolled up. */
export function LogView() {
  const log = useRef<HTMLDivElement>(null);
  const toEnd = () => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  };
  const noteEnd = () => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = log.current ?? {};
    isAtEnd.value = scrollHeight - scrollTop - clientHeight <= NEAR;
  };
  const count = entries.value.length + letters.value.length;
  useLayoutEffect(() => {
    if (isAtEnd.value) toEnd();
  }, [count, view.value]);
  useOwnWords(toEnd);
  useResize(log, () => {
    if (isAtEnd.value) toEnd();
  });
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-label={t("log")} tabIndex={0} ref={log} onScroll={noteEnd}>
        {count === 0 && <Welcome />}
        {entries.value.map((entry, at) => (
          <EntryLine
            key={entry.number}
            entry={entry}
            before={entries.value[at - 1]}
            after={entries.value[at + 1]}
          />
        ))}
        {letters.value.map((letter) => (
          <PendingMessage key={letter.command.client_id} letter={letter} />
        ))}
        <Waiting />
      </div>
      {!isAtEnd.value && (
        <button class="to-end" type="button" aria-label={t("newMessages")} onClick={toEnd}>
          <Icon of={arrow} />
        </button>
      )}
    </div>
  );
}

interface LineProps {
  entry: Entry;
  before: Entry | undefined;
  after: Entry | undefined;
}

function EntryLine({ entry, before, after }: LineProps) {
  if (entry.kind !== "text") return <EventLine entry={entry} />;
  const isFirst = !before || !isOneTurn(before, entry);
  const isTimed = !after || !isOneTurn(entry, after) || minute(entry) !== minute(after);
  return <Message entry={entry} isFirst={isFirst} isTimed={isTimed} />;
}

/** Said by the same side, with nothing between. */
function isOneTurn(one: Entry, next: Entry): boolean {
  return one.kind === "text" && next.kind === "text" && one.side === next.side;
}

function minute({ at }: Entry): number {
  return Math.floor(at / 60_000);
}

function Welcome() {
  const isBusy = shown.value?.availability === "busy";
  return <p class="welcome">{t(isBusy ? "welcomeBusy" : "welcome")}</p>;
}

function Waiting() {
  const { value } = conversation;
  const isWaiting = value
    ? value.state === "waiting"
    : letters.value.some(({ failure }) => !failure);
  return isWaiting ? <p class="waiting">{t("waiting")}</p> : null;
}

/** One's own words are always shown, and so is the end when the window opens. */
function useOwnWords(toEnd: () => void): void {
  const newest = letters.value[letters.value.length - 1]?.command.client_id;
  useLayoutEffect(() => {
    if (newest) toEnd();
  }, [newest]);
  useSignalEffect(() => {
    if (isOpen.value) toEnd();
  });
}

function useResize(element: { current: HTMLElement | null }, resized: () => void): void {
  useLayoutEffect(() => {
    const observer = new ResizeObserver(resized);
    if (element.current) observer.observe(element.current);
    return () => {
      observer.disconnect();
    };
  }, []);
}
