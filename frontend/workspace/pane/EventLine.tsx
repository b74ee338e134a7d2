import type { Conversation, Entry } from "../../shared/protocol.ts";
import { clock, exact } from "../../shared/time.ts";
import { page, reader } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";

export function EventLine({ entry, conversation }: { entry: Entry; conversation: Conversation }) {
  const at = new Date(entry.at);
  return (
    <p class="log-event" title={exact(at, reader)}>
      {wordsOf(entry, visitorName(conversation))} <time>{clock(at, reader)}</time>
    </p>
  );
}

function wordsOf({ kind, side, agent_id, author }: Entry, visitor: string): string {
  const isOwn = agent_id === page.agent.id;
  const name = author ?? "";
  if (kind === "requested") return t("requestedEvent", { name: visitor });
  if (kind === "accepted") return isOwn ? t("youAccepted") : t("acceptedEvent", { name });
  if (kind === "returned") {
    return isOwn ? t("youReturned", { name: visitor }) : t("returnedEvent", { name });
  }
  if (side === "visitor") return t("endedByVisitor", { name: visitor });
  if (side === "system") return t("endedBySystem");
  return isOwn ? t("endedByYou") : t("endedByAgent", { name });
}
