import messages from "icon:messages";

import type { Conversation } from "../../shared/protocol.ts";
import { Empty } from "../../shared/ui/Empty.tsx";
import { isOpenToMe } from "../store/access.ts";
import { page } from "../store/page.ts";
import { activate, panes, shown } from "../store/panes.ts";
import { conversations } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { Composer } from "./Composer.tsx";
import { EndStrip } from "./EndStrip.tsx";
import { LogView } from "./LogView.tsx";
import { PaneHead } from "./PaneHead.tsx";
import { PaneSkeleton } from "./PaneSkeleton.tsx";

export function Pane({ id }: { id: number }) {
  const conversation = conversations.value.get(id);
  const isActive = panes.value.active === id && shown.value.length > 1;
  const work = () => {
    activate(id);
  };
  if (!conversation) return <PaneSkeleton />;
  return (
    <section
      class={`pane${isActive ? " pane--active" : ""}`}
      aria-label={visitorName(conversation)}
      onFocusIn={work}
      onPointerDown={work}
    >
      <PaneHead conversation={conversation} />
      {isOpenToMe(conversation) ? (
        <Talk conversation={conversation} />
      ) : (
        <Theirs of={conversation} />
      )}
    </section>
  );
}

function Talk({ conversation }: { conversation: Conversation }) {
  return (
    <>
      <LogView conversation={conversation} />
      <EndStrip conversation={conversation} />
      <Foot conversation={conversation} />
    </>
  );
}

/** A colleague was faster: the words are theirs to read now. */
function Theirs({ of: { agent_name } }: { of: Conversation }) {
  return <Empty icon={messages} words={t("othersNote", { name: agent_name ?? "" })} />;
}

/** The composer where one may write, else the sentence that says why not. */
function Foot({ conversation }: { conversation: Conversation }) {
  const { id, state, agent_id, agent_name } = conversation;
  if (state === "ended") return <p class="pane-note">{t("endedNote")}</p>;
  if (state === "waiting") {
    return <p class="pane-note">{t("waitingNote", { name: visitorName(conversation) })}</p>;
  }
  if (agent_id === page.agent.id) return <Composer key={id} conversation={conversation} />;
  return <p class="pane-note">{t("othersNote", { name: agent_name ?? "" })}</p>;
}
