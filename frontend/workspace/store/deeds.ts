import { signal } from "@preact/signals";

import { Refusal } from "../../shared/connection/index.ts";
import type { Agent, ChosenStatus, Notice } from "../../shared/protocol.ts";
import { say } from "../../shared/ui/toasts.ts";
import { connection } from "../live/connection.ts";
import * as logs from "../live/logs.ts";
import { followOrClose, openWorkspace } from "../live/session.ts";
import * as model from "../model/workspace.ts";
import { t } from "../texts/index.ts";
import * as panes from "./panes.ts";
import { own, workspace } from "./state.ts";

export const accepting = signal<ReadonlySet<number>>(new Set());

/** Looks at a conversation, one's own or a waiting one. */
export function look(id: number): void {
  panes.show(id);
  if (!logs.followed().includes(id)) void followOrClose(id);
}

/** In a pane of its own, beside what is open. */
export function lookBeside(id: number): void {
  panes.showBeside(id);
  if (!logs.followed().includes(id)) void followOrClose(id);
}

/** Closes the pane; what is not one's own is no longer followed. */
export function shut(id: number): void {
  panes.close(id);
  if (!own.value.some((each) => each.id === id)) logs.forgetLog(id);
}

export async function accept(id: number): Promise<void> {
  if (accepting.value.has(id)) return;
  accepting.value = new Set([...accepting.value, id]);
  try {
    const result = await connection.ask({ type: "conversation.accept", conversation_id: id });
    if (result?.kind === "conversation") logs.opened(result);
    look(id);
    void followOrClose(id);
  } catch (trouble) {
    complain(trouble);
    // Somebody was faster: whatever this row still says is old.
    void openWorkspace();
  } finally {
    accepting.value = new Set([...accepting.value].filter((each) => each !== id));
  }
}

export async function end(id: number): Promise<void> {
  await connection.ask({ type: "conversation.end", conversation_id: id }).catch(complain);
}

export async function choose(status: ChosenStatus): Promise<void> {
  const before = workspace.value.me;
  showMe(before && { ...before, status, reason: "chosen", since: Date.now() });
  try {
    await connection.ask({ type: "status.set", status });
  } catch (trouble) {
    showMe(before);
    complain(trouble);
  }
}

/** Null: as the company says. */
export async function setAwayAfter(minutes: number | null): Promise<void> {
  const before = workspace.value.awayAfter;
  workspace.value = { ...workspace.value, awayAfter: { ...before, own: minutes } };
  try {
    await connection.ask({ type: "away_after.set", minutes });
  } catch (trouble) {
    workspace.value = { ...workspace.value, awayAfter: before };
    complain(trouble);
  }
}

export async function readNotice({ id, version }: Notice): Promise<void> {
  const before = workspace.value.notices;
  const read = { type: "notice.read", notice_id: id, version } as const;
  workspace.value = model.applied(workspace.value, read);
  try {
    await connection.ask(read);
  } catch (trouble) {
    workspace.value = { ...workspace.value, notices: before };
    complain(trouble);
  }
}

function showMe(agent: Agent | null): void {
  if (agent) workspace.value = model.applied(workspace.value, { type: "agent.changed", agent });
}

function complain(trouble: unknown): void {
  say(trouble instanceof Refusal ? trouble.message : t("notConnected"), { kind: "bad" });
}
