import { signal } from "@preact/signals";

import * as log from "../../shared/connection/log.ts";
import { Refusal } from "../../shared/connection/index.ts";
import type { Conversation, ConversationOpened, Entry, Marks } from "../../shared/protocol.ts";
import { connection } from "./connection.ts";

/** The logs of the conversations one follows: own ones, and whatever is open in a pane. */
export const logs = signal<ReadonlyMap<number, log.Log>>(new Map());
const fetching = new Set<number>();

export function followed(): number[] {
  return [...logs.peek().keys()];
}

export function forgetLog(id: number): void {
  if (!logs.peek().has(id)) return;
  logs.value = new Map([...logs.peek()].filter(([each]) => each !== id));
  connection.ask({ type: "conversation.unfollow", conversation_id: id }).catch(() => undefined);
}

/** Fetches what is missing, page by page; what comes after is heard. Throws the server's refusal. */
export async function follow(id: number): Promise<Conversation | null> {
  if (fetching.has(id)) return null;
  fetching.add(id);
  try {
    return await fetchAll(id);
  } catch (trouble) {
    // After a lost connection everything is followed again.
    if (trouble instanceof Refusal) throw trouble;
    return null;
  } finally {
    fetching.delete(id);
  }
}

async function fetchAll(id: number): Promise<Conversation | null> {
  for (;;) {
    const after = reach(id);
    const result = await connection.ask({
      type: "conversation.follow",
      conversation_id: id,
      after,
    });
    if (result?.kind !== "conversation") return null;
    opened(result);
    if (!isMissing(id) || reach(id) === after) return result.conversation;
  }
}

export function opened(result: ConversationOpened): void {
  const { id } = result.conversation;
  put(log.applyOpened(logs.peek().get(id) ?? log.emptyLog(id), result));
}

export function heard(id: number, entry: Entry): void {
  change(id, (known) => log.apply(known, entry));
}

export function marked(id: number, marks: Marks): void {
  change(id, (known) => log.applyMarks(known, marks));
}

/** A heartbeat or a list told the newest number: what lies before it is fetched. */
export function toldNewest(id: number, newest: number): void {
  change(id, (known) => log.applyNewest(known, newest));
}

function change(id: number, by: (known: log.Log) => log.Log): void {
  const known = logs.peek().get(id);
  if (!known) return;
  put(by(known));
  if (isMissing(id)) void follow(id).catch(() => undefined);
}

function put(changed: log.Log): void {
  logs.value = new Map(logs.peek()).set(changed.id, changed);
}

function reach(id: number): number {
  return logs.peek().get(id)?.entries.length ?? 0;
}

function isMissing(id: number): boolean {
  const known = logs.peek().get(id);
  return known !== undefined && log.missingAfter(known) !== null;
}
