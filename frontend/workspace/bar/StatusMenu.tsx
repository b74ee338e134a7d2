import "./StatusMenu.css";

import type { Agent, ChosenStatus } from "../../shared/protocol.ts";
import { Menu, MenuItem } from "../../shared/ui/Menu.tsx";
import { connectionState } from "../live/connection.ts";
import { choose } from "../store/deeds.ts";
import { isAdministrator, may } from "../store/page.ts";
import { isIdle, workspace } from "../store/state.ts";
import { t, type TextKey } from "../texts/index.ts";
import { AwayAfter } from "./AwayAfter.tsx";
import { BarChoice } from "./BarChoice.tsx";
import { Computer } from "./Computer.tsx";
import { QualityLink } from "./QualityLink.tsx";

type Told = Pick<Agent, "status" | "reason">;

const hints: Record<ChosenStatus, TextKey> = {
  online: "onlineHint",
  busy: "busyHint",
  away: "awayHint",
  invisible: "invisibleHint",
};
const GONE: Told = { status: "offline" };

/** One's own status; without a connection one is offline, whatever was chosen. */
export function StatusMenu() {
  const isThere = connectionState.value.phase === "open";
  const told = (isThere && workspace.value.me) || GONE;
  return (
    <Menu label={workspace.value.me ? <Shown {...told} /> : <Coming />}>
      {isThere && isIdle.value && <p class="status-note small">{t("awayIdleNote")}</p>}
      <div class="menu-group">
        {choices().map((each) => (
          <MenuItem
            key={each}
            chosen={each === told.status && !isIdle.value}
            onChoose={() => void choose(each)}
          >
            <span class={`status status--${each}`} aria-hidden="true" />
            <span class="status-choice">
              {t(each)}
              <span class="quiet small">{t(hints[each])}</span>
            </span>
          </MenuItem>
        ))}
      </div>
      <div onClick={stay}>
        <AwayAfter />
        <Computer />
      </div>
      <div class="menu-group">
        <QualityLink />
        <BarChoice />
      </div>
    </Menu>
  );
}

function choices(): ChosenStatus[] {
  const working: ChosenStatus[] = may("take_chats") ? ["online", "busy", "away"] : ["away"];
  return isAdministrator.value ? [...working, "invisible"] : working;
}

/** A choice of a status closes the menu; what one sets does not. */
function stay(event: Event): void {
  event.stopPropagation();
}

/** A page that has just been opened does not know yet. */
function Coming() {
  return (
    <>
      <span class="status status--offline" aria-hidden="true" />
      <span class="visually-hidden">{t("status")}: </span>
      <span class="status-shown quiet">{t("connecting")}</span>
    </>
  );
}

function Shown({ status, reason }: Told) {
  return (
    <>
      <span class={`status status--${status}`} aria-hidden="true" />
      <span class="visually-hidden">{t("status")}: </span>
      <span class="status-shown">
        {status === "away" && reason === "idle" ? t("awayIdle") : t(status)}
      </span>
    </>
  );
}
