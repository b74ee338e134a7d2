import type { Conversation } from "../../shared/protocol.ts";
import { may, page } from "./page.ts";

/** Whether one may read it: one's own, a waiting one, or any with the permission for records. */
export function isOpenToMe({ state, agent_id }: Conversation): boolean {
  return state === "waiting" || agent_id === page.agent.id || may("see_all_records");
}
