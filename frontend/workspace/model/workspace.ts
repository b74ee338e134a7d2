import type { Agent, AgentEvent, WorkspaceOpened } from "../../shared/protocol.ts";
import * as agents from "./agents.ts";
import * as boards from "./board.ts";
import * as conversations from "./conversations.ts";
import * as notices from "./notices.ts";

/** What the workspace knows: all of it told at once, then changed event by event. */
export interface Workspace {
  me: Agent | null;
  agents: agents.Agents;
  /** Those one belongs to. */
  groups: ReadonlySet<number>;
  conversations: conversations.Conversations;
  board: boards.Board;
  offlineMessages: number;
  /** Shown now and not read yet, newest first. */
  notices: notices.Notices;
  /** Answers of the operator that one has not read. */
  answers: number;
  awayAfter: AwayAfter;
}

/** Minutes without activity after which one becomes away by oneself. */
export interface AwayAfter {
  /** As the company says; 0 is never. */
  company: number;
  /** One's own choice; null: as the company says. */
  own: number | null;
}

export const unknown: Workspace = {
  me: null,
  agents: new Map(),
  groups: new Set(),
  conversations: new Map(),
  board: boards.nobody,
  offlineMessages: 0,
  notices: [],
  answers: 0,
  awayAfter: { company: 0, own: null },
};

export function opened(
  before: Workspace,
  told: WorkspaceOpened,
  isLookedAt: (id: number) => boolean = () => false,
): Workspace {
  return {
    ...before,
    me: told.me,
    agents: agents.opened(told.agents),
    groups: new Set(told.groups),
    conversations: conversations.opened(before.conversations, told.conversations, isLookedAt),
    offlineMessages: told.offline_messages,
    notices: told.notices ?? [],
    answers: told.answers ?? 0,
    awayAfter: { company: told.company_away_after ?? 0, own: told.own_away_after ?? null },
  };
}

export function applied(before: Workspace, event: AgentEvent): Workspace {
  switch (event.type) {
    case "entry.created":
      return withConversations(
        before,
        conversations.grown(before.conversations, event.conversation_id, event.entry),
      );
    case "conversation.marked":
      return withConversations(
        before,
        conversations.marked(before.conversations, event.conversation_id, event.marks),
      );
    case "conversation.changed":
      return withConversations(
        before,
        conversations.changed(before.conversations, event.conversation),
      );
    case "agent.changed":
      return withAgent(before, event.agent);
    case "board.changed":
      return { ...before, board: boards.changed(before.board, event) ?? before.board };
    case "offline_message.left":
      return { ...before, offlineMessages: event.unread };
    case "answers.changed":
      return { ...before, answers: event.unread };
    case "notice.published":
      return { ...before, notices: notices.published(before.notices, event.notice) };
    case "notice.withdrawn":
      return { ...before, notices: notices.withdrawn(before.notices, event.notice_id) };
    case "notice.read":
      return { ...before, notices: notices.read(before.notices, event) };
    case "ack":
    case "refused":
    case "session.opened":
    case "agent.access_changed":
    case "session.ended":
    case "heartbeat.answered":
    case "resync":
      return before;
  }
}

function withConversations(before: Workspace, after: conversations.Conversations): Workspace {
  return after === before.conversations ? before : { ...before, conversations: after };
}

function withAgent(before: Workspace, agent: Agent): Workspace {
  const me = before.me?.id === agent.id ? agent : before.me;
  return { ...before, me, agents: agents.changed(before.agents, agent) };
}
