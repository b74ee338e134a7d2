import type { Conversation } from "../../shared/protocol.ts";
import { beginEnd, endNow, ending } from "../store/ending.ts";
import { page } from "../store/page.ts";
import { t } from "../texts/index.ts";
import { AcceptButton } from "./AcceptButton.tsx";

/** What one can do with a conversation as it stands. */
export function PaneDeed({ conversation }: { conversation: Conversation }) {
  const { id, state, agent_id } = conversation;
  if (page.is_visiting) return null;
  if (state === "waiting") return <AcceptButton id={id} />;
  if (state === "active" && agent_id === page.agent.id) return <End id={id} />;
  return null;
}

/** The second press does not wait for the grace. */
function End({ id }: { id: number }) {
  return (
    <button
      class="button"
      type="button"
      onClick={() => {
        if (ending.value.has(id)) endNow(id);
        else beginEnd(id);
      }}
    >
      {t("end")}
    </button>
  );
}
