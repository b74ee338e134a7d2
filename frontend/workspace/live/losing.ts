import { effect } from "@preact/signals";

import type { Conversation } from "../../shared/protocol.ts";
import { duration } from "../../shared/time.ts";
import { say } from "../../shared/ui/toasts.ts";
import type { Conversations } from "../model/conversations.ts";
import { page, reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { lastGap } from "./gone.ts";
import { isAttended } from "./looking.ts";

/** One's own that a new opening did not name: ended, or with a colleague. Following it tells. */
const vanished = new Map<number, Conversation>();

/** What was one's own and has gone back to the line, or to a colleague, while the connection was gone. */
export function tellLosses(before: Conversations, after: Conversations): void {
  before.forEach((known, id) => {
    const told = after.get(id);
    if (!isOwn(known)) return;
    if (!told) vanished.set(id, known);
    else if (told.state !== "ended" && !isOwn(told)) tellLoss(known, told);
  });
}

/** One that may no longer be read is with a colleague. */
export function tellTaken(id: number, known: Conversation | undefined): void {
  const lost = vanished.get(id) ?? known;
  vanished.delete(id);
  if (lost && isOwn(lost)) tellLoss(lost, lost);
}

/** One that may still be read: whose it is now it says itself. */
export function tellFollowed(told: Conversation): void {
  const known = vanished.get(told.id);
  vanished.delete(told.id);
  if (known && told.state !== "ended" && !isOwn(told)) tellLoss(known, told);
}

function tellLoss(known: Conversation, told: Conversation): void {
  const name = visitorName(known);
  const time = duration(lastGap(), reader);
  const words = told.state === "waiting" ? "lostToLine" : "lostToColleague";
  whenAttended(() => {
    say(t(words, { name, time }));
  });
}

function isOwn({ state, agent_id }: Conversation): boolean {
  return state === "active" && agent_id === page.agent.id;
}

/** A toast goes by itself: nobody would see it in a tab behind another. */
function whenAttended(act: () => void): void {
  const stop = effect(() => {
    if (!isAttended.value) return;
    queueMicrotask(() => {
      stop();
      act();
    });
  });
}
