import "./LogView.css";

import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { emptyLog } from "../../shared/connection/log.ts";
import type { Conversation } from "../../shared/protocol.ts";
import { logs } from "../live/logs.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { itemsOf } from "./grouping.ts";
import { JumpButton } from "./JumpButton.tsx";
import { LogItem } from "./LogItem.tsx";
import { PendingGroup } from "./PendingGroup.tsx";
import { useReadUpTo } from "./readUpTo.ts";
import { useLetters } from "./useLetters.ts";
import { useStick } from "./useStick.ts";

const STEP = 150;

/** The newest part of the log; earlier ones come as one scrolls up. */
export function LogView({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const frame = useRef<HTMLDivElement>(null);
  const log = useComputed(() => logs.value.get(id)).value ?? emptyLog(id);
  const letters = useLetters(log);
  const [many, setMany] = useState(STEP);
  const readUpTo = useReadUpTo(conversation, log.entries);
  const part = useMemo(() => log.entries.slice(-many), [log.entries, many]);
  const items = useMemo(
    () => itemsOf(part, { timeZone: reader.timeZone, readUpTo }),
    [part, readUpTo],
  );
  const first = String(part[0]?.number ?? 0);
  const { isAtEnd, look, jump } = useStick(frame, first, `${log.entries.length}+${letters.length}`);
  useEffect(jump, [letters.length]);

  function onScroll() {
    look();
    const isAtTop = (frame.current?.scrollTop ?? 0) < 200;
    if (isAtTop && many < log.entries.length) setMany(many + STEP);
  }

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={t("conversation")}
        tabIndex={0}
        ref={frame}
        onScroll={onScroll}
      >
        {items.length === 0 && letters.length === 0 && <p class="log-empty">{t("noEntries")}</p>}
        {items.map((item) => (
          <LogItem key={item.key} item={item} conversation={conversation} marks={log.marks} />
        ))}
        {letters.length > 0 && <PendingGroup letters={letters} />}
      </div>
      {!isAtEnd && <JumpButton length={log.entries.length} onJump={jump} />}
    </div>
  );
}
