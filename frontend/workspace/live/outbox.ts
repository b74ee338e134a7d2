import { signal } from "@preact/signals";

import { type Letter, newName, Outbox } from "../../shared/connection/index.ts";
import type { MessageStored, SendMessage } from "../../shared/protocol.ts";
import { page } from "../store/page.ts";
import { storeFor } from "../store/storage.ts";
import { connection } from "./connection.ts";
import { heard } from "./logs.ts";

type Sending = Omit<SendMessage, "ref">;

/** What is written but not yet stored, oldest first. */
export const letters = signal<readonly Letter<Sending>[]>([]);

export const outbox = new Outbox<Sending>({
  store: storeFor("outbox:"),
  send: (command) => connection.ask(command),
  queueOf: ({ conversation_id }) => String(conversation_id),
  sent: (letter, result) => {
    if (result?.kind === "message") enter(letter.command, result);
  },
  changed: refresh,
});
refresh();

export function write(conversation: number, text: string): void {
  outbox.add({ type: "message.send", conversation_id: conversation, client_id: newName(), text });
}

// The event may be later than the answer: the message must not vanish in between.
function enter({ conversation_id, client_id, text }: Sending, { number, at }: MessageStored): void {
  const { id, name } = page.agent;
  const side = "agent";
  heard(conversation_id, {
    number,
    kind: "text",
    side,
    at,
    author: name,
    agent_id: id,
    client_id,
    text,
  });
}

function refresh(): void {
  letters.value = outbox.all();
}
