// Every agent page but the workspace: one is as much there on a settings page as in the workspace.
import { render } from "preact";

import { startClock } from "../shared/ui/now.ts";
import { Toasts } from "../shared/ui/Toasts.tsx";
import { startAgentStatuses } from "./bar/agentStatuses.ts";
import { QuickBar } from "./bar/QuickBar.tsx";
import { StatusMenu } from "./bar/StatusMenu.tsx";
import { startNoticesPage } from "./bar/noticesPage.ts";
import { startOwn } from "./bar/own.tsx";
import { startTab } from "./bar/tab.ts";
import { startActivity } from "./live/activity.ts";
import { startComputer } from "./live/computer.ts";
import { startMeasuring } from "./live/quality.ts";
import { startSession } from "./live/session.ts";
import { page } from "./store/page.ts";
import { show } from "./store/panes.ts";
import { put } from "./ui/put.ts";

put(<QuickBar onGo={toWorkspace} />, "quick-bar");
put(<StatusMenu />, "status-menu");
render(<Toasts />, document.body.appendChild(document.createElement("div")));

startClock();
startOwn();
startTab(document.title);
startAgentStatuses(document);
startNoticesPage(document);
startActivity();
void startComputer();
startMeasuring();
startSession({ isReloading: false });

/** The workspace opens what it had open last: now that one. */
function toWorkspace(conversation: number): void {
  show(conversation);
  location.assign(page.urls.workspace);
}
