import { FakeSocket } from "../../shared/connection/testing.ts";
import type {
  AgentCommand,
  Conversation,
  Entry,
  Result,
  SendMessage,
} from "../../shared/protocol.ts";
import { BOB, CAROL, makeEntry, makeVisitor } from "./make.ts";

interface Refusing {
  code: string;
  message: string;
  retry_after?: number;
}

/** A server in the test's hand: rows to answer from, and what it was asked. */
export class FakeServer {
  version = "1";
  conversations: Conversation[] = [];
  entries = new Map<number, Entry[]>();
  visitors = [makeVisitor("v")];
  boardVersion = 1;
  /** What it refuses, by command. */
  refusals = new Map<AgentCommand["type"], Refusing>();
  asked: AgentCommand[] = [];
  socket: FakeSocket | null = null;

  /** A constructor to stand in for the browser's WebSocket. */
  get WebSocket() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const server = this;
    return class extends FakeSocket {
      constructor(url: string) {
        super(url);
        server.socket = this;
        queueMicrotask(() => this.onopen?.());
      }
      override send(text: string): void {
        super.send(text);
        const command = JSON.parse(text) as AgentCommand;
        server.asked.push(command);
        queueMicrotask(() => {
          server.answer(this, command);
        });
      }
    };
  }

  says(frame: object): void {
    this.socket?.says(frame);
  }

  count(type: AgentCommand["type"]): number {
    return this.asked.filter((each) => each.type === type).length;
  }

  private answer(socket: FakeSocket, command: AgentCommand): void {
    const { ref } = command;
    const refusal = this.refusals.get(command.type);
    if (refusal) socket.says({ type: "refused", ref, ...refusal });
    else if (command.type === "session.open") {
      socket.says({ type: "session.opened", ref, version: this.version, agent_id: BOB.id });
    } else if (command.type === "heartbeat") {
      socket.says({ type: "heartbeat.answered", ref, numbers: this.numbers() });
    } else socket.says({ type: "ack", ref, result: this.resultOf(command) });
  }

  private numbers(): Record<string, number> {
    return Object.fromEntries([...this.entries].map(([id, all]) => [id, all.length]));
  }

  private resultOf(command: AgentCommand): Result | null {
    if (command.type === "workspace.open") return this.lists();
    if (command.type === "board.open") {
      return { kind: "board", version: this.boardVersion, visitors: this.visitors };
    }
    if (command.type === "conversation.follow") {
      return this.log(command.conversation_id, command.after ?? 0);
    }
    if (command.type === "conversation.accept") return this.log(command.conversation_id, 0);
    if (command.type === "message.send") return this.store(command);
    return null;
  }

  private lists(): Result {
    const { conversations } = this;
    return { kind: "workspace", me: BOB, agents: [BOB, CAROL], conversations, offline_messages: 0 };
  }

  private store({ conversation_id, client_id, text }: SendMessage): Result {
    const entries = this.entries.get(conversation_id) ?? [];
    const number = entries.length + 1;
    entries.push(makeEntry(number, { side: "agent", agent_id: BOB.id, client_id, text }));
    return { kind: "message", conversation_id, number, at: 1_000 * number };
  }

  private log(id: number, after: number): Result | null {
    const conversation = this.conversations.find((each) => each.id === id);
    const entries = this.entries.get(id) ?? [];
    if (!conversation) return null;
    const told = { ...conversation, last_number: entries.length };
    return { kind: "conversation", conversation: told, entries: entries.slice(after) };
  }
}
