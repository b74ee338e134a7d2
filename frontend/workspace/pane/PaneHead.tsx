import "./PaneHead.css";

import back from "icon:arrow-left";
import sidebar from "icon:layout-sidebar-right";
import x from "icon:x";

import type { Conversation } from "../../shared/protocol.ts";
import { clock, exact } from "../../shared/time.ts";
import { isHere } from "../model/board.ts";
import { toggleSide } from "../side/showing.ts";
import { shut } from "../store/deeds.ts";
import { page, reader } from "../store/page.ts";
import { goBack } from "../store/panes.ts";
import { board } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { pageHint, pageName, safeAddress, visitorName } from "../ui/names.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { PaneDeed } from "./PaneDeed.tsx";

export function PaneHead({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const name = visitorName(conversation);
  return (
    <header class="pane-head">
      <IconButton name="back" icon={back} class="pane-back" onClick={goBack} />
      <VisitorFace name={conversation.visitor_name ?? ""} />
      <div class="pane-who">
        <h2 class="pane-name cut" title={`${name}\n${conversation.visitor}`}>
          {name}
        </h2>
        <p class="pane-facts cut">
          <Where conversation={conversation} />
          <When conversation={conversation} />
        </p>
      </div>
      <IconButton name="showSide" icon={sidebar} class="pane-side" onClick={toggleSide} />
      <PaneDeed conversation={conversation} />
      <IconButton
        name="closePane"
        icon={x}
        class="pane-close"
        onClick={() => {
          shut(id);
        }}
      />
    </header>
  );
}

/** Where the visitor is now, or was last. */
function Where({ conversation }: { conversation: Conversation }) {
  const page = board.value.visitors.get(conversation.visitor)?.page ?? conversation.page;
  const address = safeAddress(page);
  if (!address) return <span title={pageHint(page)}>{pageName(page)}</span>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={pageHint(page)}>
      {pageName(page)}
    </a>
  );
}

function When({ conversation }: { conversation: Conversation }) {
  const { accepted_at, requested_at, agent_id, agent_name, visitor, group_name } = conversation;
  const at = new Date(accepted_at ?? requested_at);
  const time = clock(at, reader);
  const isOthers = agent_id && agent_id !== page.agent.id;
  const onBoard = board.value.visitors.get(visitor);
  const isGone = !onBoard || !isHere(onBoard);
  return (
    <span title={exact(at, reader)}>
      {accepted_at ? t("since", { time }) : t("requestedAt", { time })}
      {isOthers && ` · ${t("withAgent", { name: agent_name ?? "" })}`}
      {group_name && ` · ${group_name}`}
      {isGone && ` · ${t("gone")}`}
    </span>
  );
}
