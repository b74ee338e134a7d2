import { signal } from "@preact/signals";

import * as log from "../../shared/connection/log.ts";
import { Refusal } from "../../shared/connection/index.ts";
import type { Conversation, ConversationOpened, Entry, Marks } from "../../shared/protocol.ts";
import { connection } from "./connection.ts";
import { askPatiently } from "./patience.ts";

/** The logs of the conversations one follows: own ones, and whatever is open in a pane. */
export const logs = signal<ReadonlyMap<number, log.Log>>(new Map());
/** Logs on their first way here: drawn once they are whole, not page by page. */
const coming = new Map<number, log.Log>();
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
  if (!logs.peek().has(id)) coming.set(id, log.emptyLog(id));
  try {
    return await fetchAll(id);
  } catch (trouble) {
    // After a lost connection everything is followed again.
    if (trouble instanceof Refusal) throw trouble;
    return null;
  } finally {
    fetching.delete(id);
    arrive(id);
  }
}

async function fetchAll(id: number): Promise<Conversation | null> {
  for (;;) {
    const after = reach(id);
    const result = await askPatiently({
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
  put(log.applyOpened(known(id) ?? log.emptyLog(id), result));
}

export function heard(id: number, entry: Entry): void {
  change(id, (before) => log.apply(before, entry));
}

export function marked(id: number, marks: Marks): void {
  change(id, (before) => log.applyMarks(before, marks));
}

/** A heartbeat or a list told the newest number: what lies before it is fetched. */
export function toldNewest(id: number, newest: number): void {
  change(id, (before) => log.applyNewest(before, newest));
}

function change(id: number, by: (before: log.Log) => log.Log): void {
  const before = known(id);
  if (!before) return;
  put(by(before));
  if (isMissing(id)) void follow(id).catch(() => undefined);
}

function known(id: number): log.Log | undefined {
  return logs.peek().get(id) ?? coming.get(id);
}

function put(changed: log.Log): void {
  if (coming.has(changed.id)) coming.set(changed.id, changed);
  else logs.value = new Map(logs.peek()).set(changed.id, changed);
}

function arrive(id: number): void {
  const arrived = coming.get(id);
  coming.delete(id);
  if (arrived && arrived.entries.length > 0) put(arrived);
}

function reach(id: number): number {
  return known(id)?.entries.length ?? 0;
}

function isMissing(id: number): boolean {
  const there = known(id);
  return there !== undefined && log.missingAfter(there) !== null;
}
