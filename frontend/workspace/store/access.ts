import type { Conversation } from "../../shared/protocol.ts";
import { isForMe } from "../model/lists.ts";
import { may, page } from "./page.ts";
import { workspace } from "./state.ts";

/** Whether one may read it: one's own, a waiting one, or any with the permission for records. */
export function isOpenToMe(conversation: Conversation): boolean {
  const { state, agent_id } = conversation;
  const waits = state === "waiting" && isForMe(conversation, workspace.peek().groups);
  return waits || agent_id === page.agent.id || may("see_all_records");
}
