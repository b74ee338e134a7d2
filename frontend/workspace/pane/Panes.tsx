import "./Panes.css";

import message from "icon:message-circle";

import { Empty } from "../../shared/ui/Empty.tsx";
import { shown } from "../store/panes.ts";
import { isReady, requests } from "../store/state.ts";
import { t } from "../texts/index.ts";
import { visitorName } from "../ui/names.ts";
import { AcceptButton } from "./AcceptButton.tsx";
import { Pane } from "./Pane.tsx";

/** The conversations that are open, side by side. */
export function Panes() {
  if (!isReady.value) return <div class="panes" aria-busy="true" />;
  if (shown.value.length === 0) return <NothingOpen />;
  return (
    <div class="panes">
      {shown.value.map((id) => (
        <Pane key={id} id={id} />
      ))}
    </div>
  );
}

function NothingOpen() {
  const [first] = requests.value;
  if (!first) {
    return (
      <div class="panes">
        <Empty icon={message} words={t("nothingOpen")} />
      </div>
    );
  }
  return (
    <div class="panes">
      <Empty icon={message} words={t("nothingOpenRequest", { name: visitorName(first) })}>
        <AcceptButton id={first.id} />
      </Empty>
    </div>
  );
}
