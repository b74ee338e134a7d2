import "./LogView.css";

import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";

import { emptyLog } from "../../shared/connection/log.ts";
import type { Conversation } from "../../shared/protocol.ts";
import { logs } from "../live/logs.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { itemsOf } from "./grouping.ts";
import { JumpButton } from "./JumpButton.tsx";
import { LogItem } from "./LogItem.tsx";
import { PendingGroup } from "./PendingGroup.tsx";
import { useLetters } from "./useLetters.ts";
import { useNews } from "./useNews.ts";
import { useReach } from "./useReach.ts";
import { useStick } from "./useStick.ts";

/** The log, drawn where one reads it. */
export function LogView({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const frame = useRef<HTMLDivElement>(null);
  const known = useComputed(() => logs.value.get(id)).value;
  const log = known ?? emptyLog(id);
  const letters = useLetters(log);
  const { after, upTo } = useNews(conversation, log.entries);
  const { part, hasMoreBelow, move, follow } = useReach(log.entries);
  const items = useMemo(
    () => itemsOf(part, { timeZone: reader.timeZone, news: { after, upTo } }),
    [part, after, upTo],
  );
  const drawn = useMemo(() => ({}), [items, letters.length]);
  const { isAtEnd, look, stick } = useStick(frame, drawn, hasMoreBelow);

  function jump() {
    follow();
    stick();
  }
  useGrowth(letters.length, jump);

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={t("conversation")}
        aria-busy={!known}
        tabIndex={0}
        ref={frame}
        onScroll={(event) => {
          look();
          move(event.currentTarget);
        }}
      >
        {items.map((item) => (
          <LogItem key={item.key} item={item} conversation={conversation} marks={log.marks} />
        ))}
        {!hasMoreBelow && letters.length > 0 && <PendingGroup letters={letters} />}
      </div>
      {!isAtEnd && <JumpButton length={log.entries.length} onJump={jump} />}
    </div>
  );
}

/** One's own new words are always in sight. */
function useGrowth(count: number, onGrown: () => void): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) onGrown();
    before.current = count;
  }, [count]);
}
