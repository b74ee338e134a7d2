import "./StatusMenu.css";

import type { ChosenStatus, Status } from "../../shared/protocol.ts";
import { Menu, MenuItem } from "../../shared/ui/Menu.tsx";
import { connectionState } from "../live/connection.ts";
import { choose } from "../store/deeds.ts";
import { may } from "../store/page.ts";
import { myStatus } from "../store/state.ts";
import { t, type TextKey } from "../texts/index.ts";

const hints: Record<ChosenStatus, TextKey> = {
  online: "onlineHint",
  busy: "busyHint",
  away: "awayHint",
  invisible: "invisibleHint",
};

/** One's own status; without a connection one is offline, whatever was chosen. */
export function StatusMenu() {
  const isThere = connectionState.value.phase === "open";
  const status = isThere ? (myStatus.value ?? "offline") : "offline";
  const choices: ChosenStatus[] = may("take_chats") ? ["online", "busy", "away"] : ["away"];
  return (
    <Menu label={<Shown status={status} />}>
      {choices.map((each) => (
        <MenuItem key={each} chosen={each === status} onChoose={() => void choose(each)}>
          <span class={`status status--${each}`} aria-hidden="true" />
          <span class="status-choice">
            {t(each)}
            <span class="quiet small">{t(hints[each])}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function Shown({ status }: { status: Status }) {
  return (
    <>
      <span class={`status status--${status}`} aria-hidden="true" />
      <span class="visually-hidden">{t("status")}: </span>
      <span class="status-shown">{t(status)}</span>
    </>
  );
}
