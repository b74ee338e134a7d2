import "./MessageGroup.css";

import { markOf } from "../../shared/connection/log.ts";
import type { Conversation, Entry, Marks } from "../../shared/protocol.ts";
import { clock, exact } from "../../shared/time.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import { page, reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { MarkIcon } from "./MarkIcon.tsx";
import { Words } from "./Words.tsx";

interface Props {
  entries: Entry[];
  conversation: Conversation;
  marks: Required<Marks>;
}

/** What one person said within a minute. */
export function MessageGroup({ entries, conversation, marks }: Props) {
  const [first] = entries;
  if (!first) return null;
  const whose = whoseIs(first);
  const name = whose === "visitor" ? visitorName(conversation) : (first.author ?? "");
  return (
    <div class={`message-group message-group--${whose}`}>
      {whose !== "mine" && <Face name={name} isVisitor={whose === "visitor"} />}
      <div class="message-stack">
        <p class="message-meta">
          <span class="cut">{whose === "mine" ? t("you") : name}</span>
          <time title={exact(new Date(first.at), reader)}>{clock(new Date(first.at), reader)}</time>
        </p>
        {entries.map((entry) => (
          <Bubble key={entry.number} entry={entry} marks={marks} isOwnSide={whose !== "visitor"} />
        ))}
      </div>
    </div>
  );
}

function Face({ name, isVisitor }: { name: string; isVisitor: boolean }) {
  return isVisitor ? <Avatar name={name} kind="visitor" /> : <Avatar name={name} />;
}

interface BubbleProps {
  entry: Entry;
  marks: Required<Marks>;
  isOwnSide: boolean;
}

function Bubble({ entry, marks, isOwnSide }: BubbleProps) {
  return (
    <div class="message" dir="auto" data-number={entry.number}>
      <Words text={entry.text ?? ""} />
      {isOwnSide && (
        <MarkIcon mark={markOf(entry.number, marks, "visitor")} upTo={marks.visitor_delivered} />
      )}
    </div>
  );
}

function whoseIs({ side, agent_id }: Entry): "mine" | "visitor" | "colleague" {
  if (side === "visitor") return "visitor";
  return agent_id === page.agent.id ? "mine" : "colleague";
}
