/** The language of the sockets. Made from the package `protocol`: change it there. */

export const PROTOCOL_VERSION = "1";

export type Status = "online" | "busy" | "away" | "offline";
export type ChosenStatus = "online" | "busy" | "away";
export type Availability = "online" | "busy" | "offline";
export type Side = "visitor" | "agent" | "system";
export type State = "waiting" | "active" | "ended";
export type EntryKind = "requested" | "text" | "accepted" | "ended";

export interface Page {
  url: string;
  title?: string;
}

export interface Entry {
  number: number;
  kind: EntryKind;
  side: Side;
  at: number;
  author?: string;
  agent_id?: number | null;
  client_id?: string | null;
  text?: string;
}

export interface Marks {
  visitor_delivered?: number;
  visitor_read?: number;
  agent_delivered?: number;
  agent_read?: number;
}

export interface Conversation {
  id: number;
  state: State;
  visitor: string;
  visitor_name?: string;
  agent_id?: number | null;
  agent_name?: string;
  page: Page;
  requested_at: number;
  accepted_at?: number | null;
  ended_at?: number | null;
  ended_by?: Side | null;
  last_number: number;
  marks: Marks;
  preview?: string;
  unread?: number;
}

export interface Agent {
  id: number;
  agent_id: string;
  name: string;
  status: Status;
}

export interface BoardVisitor {
  visitor: string;
  page: Page;
  entered_at: number;
  language?: string;
}

export interface OpenVisitorSession {
  type: "session.open";
  ref: number;
  token?: string;
  page: Page;
  language?: string;
  referrer?: string;
}

export interface OpenAgentSession {
  type: "session.open";
  ref: number;
  token: string;
}

export interface Heartbeat {
  type: "heartbeat";
  ref: number;
  conversations?: number[];
}

export interface ViewPage {
  type: "page.view";
  ref: number;
  page: Page;
}

export interface RequestConversation {
  type: "conversation.request";
  ref: number;
  client_id: string;
  text: string;
  page: Page;
}

export interface FollowConversation {
  type: "conversation.follow";
  ref: number;
  conversation_id: number;
  after?: number;
}

export interface UnfollowConversation {
  type: "conversation.unfollow";
  ref: number;
  conversation_id: number;
}

export interface CurrentConversation {
  type: "conversation.current";
  ref: number;
}

export interface AcceptConversation {
  type: "conversation.accept";
  ref: number;
  conversation_id: number;
}

export interface EndConversation {
  type: "conversation.end";
  ref: number;
  conversation_id: number;
}

export interface MarkConversation {
  type: "conversation.mark";
  ref: number;
  conversation_id: number;
  delivered?: number;
  read?: number;
}

export interface SendMessage {
  type: "message.send";
  ref: number;
  conversation_id: number;
  client_id: string;
  text: string;
}

export interface LeaveOfflineMessage {
  type: "offline_message.leave";
  ref: number;
  client_id: string;
  text: string;
  name?: string;
  email?: string;
  page: Page;
}

export interface OpenWorkspace {
  type: "workspace.open";
  ref: number;
}

export interface OpenBoard {
  type: "board.open";
  ref: number;
}

export interface SetStatus {
  type: "status.set";
  ref: number;
  status: ChosenStatus;
}

export type VisitorCommand =
  | OpenVisitorSession
  | Heartbeat
  | ViewPage
  | RequestConversation
  | FollowConversation
  | UnfollowConversation
  | CurrentConversation
  | EndConversation
  | MarkConversation
  | SendMessage
  | LeaveOfflineMessage;

export type AgentCommand =
  | OpenAgentSession
  | Heartbeat
  | FollowConversation
  | UnfollowConversation
  | AcceptConversation
  | EndConversation
  | MarkConversation
  | SendMessage
  | OpenWorkspace
  | OpenBoard
  | SetStatus;

export interface MessageStored {
  kind: "message";
  conversation_id: number;
  number: number;
  at: number;
}

export interface ConversationOpened {
  kind: "conversation";
  conversation: Conversation;
  entries: Entry[];
  complete?: boolean;
}

export interface NoConversation {
  kind: "none";
}

export interface WorkspaceOpened {
  kind: "workspace";
  me: Agent;
  agents: Agent[];
  conversations: Conversation[];
  offline_messages: number;
}

export interface BoardOpened {
  kind: "board";
  version: number;
  visitors: BoardVisitor[];
}

export type Result =
  | MessageStored
  | ConversationOpened
  | NoConversation
  | WorkspaceOpened
  | BoardOpened;

export interface Ack {
  type: "ack";
  ref: number;
  result?: Result | null;
}

export interface Refused {
  type: "refused";
  ref: number;
  code: string;
  message: string;
  field?: string | null;
  retry_after?: number | null;
}

export interface VisitorSessionOpened {
  type: "session.opened";
  ref: number;
  version: string;
  token: string;
  visitor: string;
  availability: Availability;
}

export interface AgentSessionOpened {
  type: "session.opened";
  ref: number;
  version: string;
  agent_id: number;
}

export interface SessionEnded {
  type: "session.ended";
  reason: "signed_out" | "refused";
}

export interface HeartbeatAnswered {
  type: "heartbeat.answered";
  ref: number;
  numbers: Record<string, number>;
}

export interface EntryCreated {
  type: "entry.created";
  conversation_id: number;
  entry: Entry;
}

export interface ConversationMarked {
  type: "conversation.marked";
  conversation_id: number;
  marks: Marks;
}

export interface ConversationChanged {
  type: "conversation.changed";
  conversation: Conversation;
}

export interface ConversationBegun {
  type: "conversation.begun";
  conversation_id: number;
}

export interface AgentChanged {
  type: "agent.changed";
  agent: Agent;
}

export interface AvailabilityChanged {
  type: "availability.changed";
  availability: Availability;
}

export interface BoardChanged {
  type: "board.changed";
  base: number;
  version: number;
  changed: BoardVisitor[];
  left: string[];
}

export interface OfflineMessageLeft {
  type: "offline_message.left";
  unread: number;
}

export interface Resync {
  type: "resync";
}

export type VisitorEvent =
  | Ack
  | Refused
  | VisitorSessionOpened
  | SessionEnded
  | HeartbeatAnswered
  | EntryCreated
  | ConversationMarked
  | ConversationBegun
  | AvailabilityChanged
  | Resync;

export type AgentEvent =
  | Ack
  | Refused
  | AgentSessionOpened
  | SessionEnded
  | HeartbeatAnswered
  | EntryCreated
  | ConversationMarked
  | ConversationChanged
  | AgentChanged
  | BoardChanged
  | OfflineMessageLeft
  | Resync;
