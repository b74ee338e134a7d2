import "./MessageGroup.css";

import { markOf } from "../../shared/connection/log.ts";
import type { Conversation, Entry, Marks } from "../../shared/protocol.ts";
import { clock, exact } from "../../shared/time.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import { page, reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { faceOf } from "../ui/faces.ts";
import { visitorName } from "../ui/names.ts";
import { VisitorFace } from "../ui/VisitorFace.tsx";
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
  const name = nameOf(whose, first, conversation);
  return (
    <div class={`message-group message-group--${whose}`}>
      <Face whose={whose} entry={first} conversation={conversation} />
      <div class="message-stack">
        <p class="message-meta">
          <span class={whose === "mine" ? "visually-hidden" : "cut"}>{name}</span>
          <time title={exact(new Date(first.at), reader)}>{clock(new Date(first.at), reader)}</time>
        </p>
        {entries.map((entry) => (
          <Bubble key={entry.number} entry={entry} marks={marks} isOwnSide={whose !== "visitor"} />
        ))}
      </div>
    </div>
  );
}

interface FaceProps {
  whose: Whose;
  entry: Entry;
  conversation: Conversation;
}

function Face({ whose, entry, conversation }: FaceProps) {
  if (whose === "mine") return null;
  if (whose === "visitor") return <VisitorFace name={conversation.visitor_name ?? ""} />;
  return <Avatar name={entry.author ?? ""} src={faceOf(entry.agent_id)} />;
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

type Whose = "mine" | "visitor" | "colleague";

function nameOf(whose: Whose, entry: Entry, conversation: Conversation): string {
  if (whose === "mine") return t("you");
  return whose === "visitor" ? visitorName(conversation) : (entry.author ?? "");
}

function whoseIs({ side, agent_id }: Entry): Whose {
  if (side === "visitor") return "visitor";
  return agent_id === page.agent.id ? "mine" : "colleague";
}
