import type { Conversation } from "../../shared/protocol.ts";
import { accept, accepting } from "../store/deeds.ts";
import { beginEnd, endNow, ending } from "../store/ending.ts";
import { page } from "../store/page.ts";
import { t } from "../texts/index.ts";

/** What one can do with a conversation as it stands. */
export function PaneDeed({ conversation }: { conversation: Conversation }) {
  const { id, state, agent_id } = conversation;
  if (state === "waiting") return <Accept id={id} />;
  if (state === "active" && agent_id === page.agent.id) return <End id={id} />;
  return null;
}

function Accept({ id }: { id: number }) {
  const isBusy = accepting.value.has(id);
  return (
    <button
      class="button button--primary"
      type="button"
      aria-busy={isBusy}
      onClick={() => void accept(id)}
    >
      {t("accept")}
    </button>
  );
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
