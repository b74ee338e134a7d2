/** The language of the sockets. Made from the package `protocol`: change it there. */

export const PROTOCOL_VERSION = "83bf244871f4";

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
  | OpenVisitor
  | NoteActivity
  | SetAwayAfter
  | SetStatus
  | ReadNotice;
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
  | AgentAccessChanged
  | BoardChanged
  | OfflineMessageLeft
  | NoticePublished
  | NoticeWithdrawn
  | NoticeReadElsewhere
  | AnswersChanged
  | Resync;
export type Result =
  MessageStored | ConversationOpened | NoConversation | WorkspaceOpened | BoardOpened | VisitorOpened;

/**
 * The first frame of a visitor's socket. Without a token the visitor is new and is given one.
 */
export interface OpenVisitorSession {
  type: "session.open";
  ref: number;
  token?: string;
  page: Page;
  language?: string;
  referrer?: string;
}
/**
 * A page of the website, as the visitor's browser names it.
 */
export interface Page {
  url: string;
  title?: string;
}
/**
 * Asks for the newest numbers of these conversations; what is missing can then be fetched.
 */
export interface Heartbeat {
  type: "heartbeat";
  ref: number;
  /**
   * @maxItems 200
   */
  conversations?: number[];
}
/**
 * The visitor has moved to another page without a new socket.
 */
export interface ViewPage {
  type: "page.view";
  ref: number;
  page: Page;
}
/**
 * Asks for an agent, with the first words. Where a conversation is open already the words go there.
 */
export interface RequestConversation {
  type: "conversation.request";
  ref: number;
  client_id: string;
  text: string;
  page: Page;
  group?: number;
}
/**
 * Hear what happens in a conversation from now on, and get what came after the number one has.
 */
export interface FollowConversation {
  type: "conversation.follow";
  ref: number;
  conversation_id: number;
  after?: number;
}
/**
 * Hear no more of a conversation on this socket.
 */
export interface UnfollowConversation {
  type: "conversation.unfollow";
  ref: number;
  conversation_id: number;
}
/**
 * Follow the visitor's open conversation, whichever tab began it.
 */
export interface CurrentConversation {
  type: "conversation.current";
  ref: number;
}
/**
 * End a conversation, by either side. Ending an ended one changes nothing.
 */
export interface EndConversation {
  type: "conversation.end";
  ref: number;
  conversation_id: number;
}
/**
 * Everything up to these numbers has arrived here, and has been looked at here.
 */
export interface MarkConversation {
  type: "conversation.mark";
  ref: number;
  conversation_id: number;
  delivered?: number;
  read?: number;
}
/**
 * Say something. Sent again under the same name it is stored once and answered the same.
 */
export interface SendMessage {
  type: "message.send";
  ref: number;
  conversation_id: number;
  client_id: string;
  text: string;
}
/**
 * Leave words for later while nobody is online.
 */
export interface LeaveOfflineMessage {
  type: "offline_message.leave";
  ref: number;
  client_id: string;
  text: string;
  name?: string;
  email?: string;
  page: Page;
}
/**
 * The first frame of an agent's socket, with the short-lived token that the agent's page was given.
 */
export interface OpenAgentSession {
  type: "session.open";
  ref: number;
  token: string;
}
/**
 * Take a waiting conversation. Of two agents who ask, one gets it and the other is told who.
 */
export interface AcceptConversation {
  type: "conversation.accept";
  ref: number;
  conversation_id: number;
}
/**
 * Everything the workspace shows at first: colleagues, open conversations, counts.
 */
export interface OpenWorkspace {
  type: "workspace.open";
  ref: number;
}
/**
 * Who is on the website now, and changes from now on.
 */
export interface OpenBoard {
  type: "board.open";
  ref: number;
}
/**
 * What is known of one visitor: this visit and the earlier ones, newest first.
 */
export interface OpenVisitor {
  type: "visitor.open";
  ref: number;
  visitor: string;
}
/**
 * The agent has used keyboard, mouse or touch in this tab. Seconds ago, so that no clock matters.
 */
export interface NoteActivity {
  type: "activity.note";
  ref: number;
  seconds_ago?: number;
}
/**
 * Become away by oneself after so many minutes; never later than the company says. None: as it says.
 */
export interface SetAwayAfter {
  type: "away_after.set";
  ref: number;
  minutes?: number | null;
}
/**
 * Choose one's own status.
 */
export interface SetStatus {
  type: "status.set";
  ref: number;
  status: "away" | "busy" | "invisible" | "online";
}
/**
 * The agent has read a notice as it stands under this version.
 */
export interface ReadNotice {
  type: "notice.read";
  ref: number;
  notice_id: number;
  version: number;
}
/**
 * A command was carried out, and what it changed is durable.
 */
export interface Ack {
  type: "ack";
  ref: number;
  result?: (MessageStored | ConversationOpened | NoConversation | WorkspaceOpened | BoardOpened | VisitorOpened) | null;
}
/**
 * The answer to `message.send`: durable, with its number. A repeat gets the first answer again.
 */
export interface MessageStored {
  kind: "message";
  conversation_id: number;
  number: number;
  at: number;
}
/**
 * A conversation and its log after the number asked for, oldest first.
 */
export interface ConversationOpened {
  kind: "conversation";
  conversation: Conversation;
  entries: Entry[];
  complete?: boolean;
}
/**
 * A conversation as lists show it; its log is apart.
 */
export interface Conversation {
  id: number;
  state: "active" | "ended" | "waiting";
  visitor: string;
  visitor_name?: string;
  agent_id?: number | null;
  agent_name?: string;
  group_name?: string;
  taken_by?: number | null;
  page: Page;
  requested_at: number;
  accepted_at?: number | null;
  ended_at?: number | null;
  ended_by?: ("agent" | "system" | "visitor") | null;
  returned_from?: string;
  last_number: number;
  marks: Marks;
  preview?: string;
  unread?: number;
}
/**
 * How far each side is: every entry up to the number has been delivered to it, or read by it.
 */
export interface Marks {
  visitor_delivered?: number;
  visitor_read?: number;
  agent_delivered?: number;
  agent_read?: number;
}
/**
 * One entry of a conversation's log. Entries are never changed and never renumbered.
 */
export interface Entry {
  number: number;
  kind: "accepted" | "ended" | "requested" | "returned" | "text";
  side: "agent" | "system" | "visitor";
  at: number;
  author?: string;
  agent_id?: number | null;
  client_id?: string | null;
  text?: string;
  picture?: string;
}
/**
 * The visitor has no open conversation.
 */
export interface NoConversation {
  kind: "none";
}
/**
 * What the workspace shows at first.
 */
export interface WorkspaceOpened {
  kind: "workspace";
  me: Agent;
  agents: Agent[];
  groups?: number[];
  conversations: Conversation[];
  offline_messages: number;
  company_away_after?: number;
  own_away_after?: number | null;
  notices?: Notice[];
  answers?: number;
}
/**
 * A colleague.
 */
export interface Agent {
  id: number;
  agent_id: string;
  name: string;
  picture?: string;
  status: "away" | "busy" | "invisible" | "offline" | "online";
  reason?: "chosen" | "idle" | "lost" | "signed_out";
  since?: number;
}
/**
 * Words for colleagues, as one of those they are meant for sees them.
 */
export interface Notice {
  id: number;
  version: number;
  title: string;
  text: string;
  author: string;
  at: number;
}
/**
 * The visitor board at a version; `board.changed` with this version as base applies to it.
 */
export interface BoardOpened {
  kind: "board";
  version: number;
  visitors: BoardVisitor[];
  left_shown_for?: number;
}
/**
 * Somebody on the website now, or who left a short while ago.
 */
export interface BoardVisitor {
  visitor: string;
  page: Page;
  entered_at: number;
  left_at?: number | null;
  name?: string;
  visits?: number;
  pages?: number;
  last_message_at?: number | null;
  language?: string;
  ip?: string;
  place?: Place;
  carrier?: string;
  browser?: string;
  system?: string;
  device?: "computer" | "other" | "phone" | "tablet";
  source?: Source;
}
/**
 * Where an address is, as far as the packaged data know; each part may be empty.
 */
export interface Place {
  country?: string;
  province?: string;
  city?: string;
}
/**
 * What brought the visitor here.
 */
export interface Source {
  kind?: "campaign" | "direct" | "referral" | "search";
  name?: string;
  words?: string;
}
/**
 * What is known of one visitor; visits newest first, at most 50.
 */
export interface VisitorOpened {
  kind: "visitor";
  visitor: string;
  name?: string;
  first_seen_at: number;
  visits_in_all: number;
  visits: Visit[];
}
/**
 * One stay of a visitor on the website.
 */
export interface Visit {
  began_at: number;
  ended_at?: number | null;
  page: Page;
  pages?: number;
  source?: Source1;
  place?: Place1;
  browser?: string;
  system?: string;
  device?: "computer" | "other" | "phone" | "tablet";
}
/**
 * What brought the visitor here.
 */
export interface Source1 {
  kind?: "campaign" | "direct" | "referral" | "search";
  name?: string;
  words?: string;
}
/**
 * Where an address is, as far as the packaged data know; each part may be empty.
 */
export interface Place1 {
  country?: string;
  province?: string;
  city?: string;
}
/**
 * Where an address is, as far as the packaged data know; each part may be empty.
 */
export interface Place2 {
  country?: string;
  province?: string;
  city?: string;
}
/**
 * What brought the visitor here.
 */
export interface Source2 {
  kind?: "campaign" | "direct" | "referral" | "search";
  name?: string;
  words?: string;
}
/**
 * A command was not carried out. `ref` is 0 where the frame could not be read far enough to know.
 */
export interface Refused {
  type: "refused";
  ref: number;
  code: string;
  message: string;
  field?: string | null;
  retry_after?: number | null;
}
/**
 * The greeting: who you are from now on, and what the website shows.
 */
export interface VisitorSessionOpened {
  type: "session.opened";
  ref: number;
  version: string;
  token: string;
  visitor: string;
  availability: "busy" | "offline" | "online";
  groups?: {
    [k: string]: "busy" | "offline" | "online";
  };
}
/**
 * The socket closes now and is not to be opened again with the same session.
 */
export interface SessionEnded {
  type: "session.ended";
  reason: "refused" | "signed_out";
}
/**
 * The newest numbers, by conversation id.
 */
export interface HeartbeatAnswered {
  type: "heartbeat.answered";
  ref: number;
  numbers: {
    [k: string]: number;
  };
}
/**
 * The log of a conversation has grown by this entry.
 */
export interface EntryCreated {
  type: "entry.created";
  conversation_id: number;
  entry: Entry;
}
/**
 * How far both sides are.
 */
export interface ConversationMarked {
  type: "conversation.marked";
  conversation_id: number;
  marks: Marks;
}
/**
 * The visitor has an open conversation, begun perhaps in another tab.
 */
export interface ConversationBegun {
  type: "conversation.begun";
  conversation_id: number;
}
/**
 * What the website shows of the company.
 */
export interface AvailabilityChanged {
  type: "availability.changed";
  availability: "busy" | "offline" | "online";
  groups?: {
    [k: string]: "busy" | "offline" | "online";
  };
}
/**
 * Events may have been missed: compare numbers now.
 */
export interface Resync {
  type: "resync";
}
/**
 * The greeting. A page of another version reloads itself.
 */
export interface AgentSessionOpened {
  type: "session.opened";
  ref: number;
  version: string;
  agent_id: number;
  is_seeing?: boolean;
}
/**
 * A conversation was requested, accepted or ended. Goes to agents who may see it.
 */
export interface ConversationChanged {
  type: "conversation.changed";
  conversation: Conversation;
}
/**
 * A colleague's name or status is now this.
 */
export interface AgentChanged {
  type: "agent.changed";
  agent: Agent;
}
/**
 * What one may do is this from now on. The socket closes, and another one hears what one may hear now.
 */
export interface AgentAccessChanged {
  type: "agent.access_changed";
  capabilities: string[];
  is_administrator: boolean;
}
/**
 * Changes of the visitor board since `base`. Who has another version opens the board again.
 */
export interface BoardChanged {
  type: "board.changed";
  base: number;
  version: number;
  changed: BoardVisitor[];
  moved: BoardMove[];
  left: BoardLeave[];
}
/**
 * A visitor of the board looks at another page, or has written.
 */
export interface BoardMove {
  visitor: string;
  page: Page;
  pages: number;
  last_message_at?: number | null;
}
/**
 * A visitor has left the website.
 */
export interface BoardLeave {
  visitor: string;
  at: number;
}
/**
 * A visitor has left words for later; so many are unread now.
 */
export interface OfflineMessageLeft {
  type: "offline_message.left";
  unread: number;
}
/**
 * A notice is shown from now on, or reads otherwise now; it is unread.
 */
export interface NoticePublished {
  type: "notice.published";
  notice: Notice;
}
/**
 * A notice is no longer shown: withdrawn, deleted, or its time is over.
 */
export interface NoticeWithdrawn {
  type: "notice.withdrawn";
  notice_id: number;
}
/**
 * One has read a notice as it stood then, in this tab or in another.
 */
export interface NoticeReadElsewhere {
  type: "notice.read";
  notice_id: number;
  version: number;
}
/**
 * The operator has answered what one wrote, or one has read it; so many are unread now.
 */
export interface AnswersChanged {
  type: "answers.changed";
  unread: number;
}

export type Status = Agent["status"];
export type ChosenStatus = SetStatus["status"];
export type Availability = VisitorSessionOpened["availability"];
export type Side = Entry["side"];
export type State = Conversation["state"];
export type EntryKind = Entry["kind"];
