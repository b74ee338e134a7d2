import type { Conversation, Marks } from "../../shared/protocol.ts";
import { date, dayOf } from "../../shared/time.ts";
import { minute } from "../store/clock.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { EventLine } from "./EventLine.tsx";
import type { Item } from "./grouping.ts";
import { MessageGroup } from "./MessageGroup.tsx";

interface Props {
  item: Item;
  conversation: Conversation;
  marks: Required<Marks>;
}

export function LogItem({ item, conversation, marks }: Props) {
  switch (item.kind) {
    case "day":
      return <DayRule at={item.at} />;
    case "unread":
      return <p class="log-rule log-rule--new">{t("newRule")}</p>;
    case "event":
      return <EventLine entry={item.entry} conversation={conversation} />;
    case "group":
      return <MessageGroup entries={item.entries} conversation={conversation} marks={marks} />;
  }
}

const DAY = 86_400_000;

function DayRule({ at }: { at: number }) {
  const day = dayOf(new Date(at), reader.timeZone);
  const today = minute.value;
  const words =
    day === dayOf(new Date(today), reader.timeZone)
      ? t("today")
      : day === dayOf(new Date(today - DAY), reader.timeZone)
        ? t("yesterday")
        : date(new Date(at), new Date(today), reader);
  return <p class="log-rule">{words}</p>;
}
