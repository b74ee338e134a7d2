import type { ConnectionState } from "../shared/connection/connection.ts";
import type { Letter } from "../shared/connection/outbox.ts";
import type {
  Availability,
  Entry,
  LeaveOfflineMessage,
  Marks,
  RequestConversation,
  SendMessage,
  State,
} from "../shared/protocol.ts";

/* What the loader and the chat window say to each other, over a MessageChannel. */

type Unnumbered<C> = C extends { ref: number } ? Omit<C, "ref"> : never;
export type VisitorLetter = Unnumbered<SendMessage | RequestConversation | LeaveOfflineMessage>;

export interface ShownConversation {
  id: number;
  state: State;
  agent: string;
  marks: Marks;
  /** Log entries from this place on; those before it have been said already. */
  from: number;
  entries: readonly Entry[];
}

/** Everything that the window shows. */
export interface Shown {
  connection: ConnectionState;
  /** Of the server's protocol; empty before its greeting. */
  version: string;
  availability: Availability | null;
  conversation: ShownConversation | null;
  letters: readonly Letter<VisitorLetter>[];
  /** Names of the offline messages that the server has taken. */
  left: readonly string[];
}

/** What is kept for the window in the website's own storage. */
export type Kept = Record<"draft" | "language", string>;

/** What the loader says. */
export type Said =
  | { kept: Kept; isOpen: boolean }
  | { isOpen: boolean }
  /** The focus may be anywhere on the page, the window included. */
  | { shown: Shown; hasFocus: boolean };

/** What the window wants done. */
export type Deed =
  | { does: "say"; name: string; text: string }
  | { does: "leave"; message: Omit<Unnumbered<LeaveOfflineMessage>, "type" | "page"> }
  | { does: "drop"; name: string }
  | { does: "read"; number: number }
  | { does: "end" }
  | { does: "begin" }
  | { does: "retry" }
  | { does: "minimise" }
  | { does: "keep"; key: keyof Kept; value: string };

/** The one message outside the channel: the loader hands the window its end of it. */
export const GREETING = "parley:port";
