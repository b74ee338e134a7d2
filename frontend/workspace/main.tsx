import "../styles/inter.css";
import "../styles/all.css";

import { startClock } from "../shared/ui/now.ts";
import { App } from "./app/App.tsx";
import { QuickBar } from "./bar/QuickBar.tsx";
import { StatusMenu } from "./bar/StatusMenu.tsx";
import { startOwn } from "./bar/own.tsx";
import { startTab } from "./bar/tab.ts";
import { startKeys } from "./keys/keys.ts";
import { startMarking } from "./live/looking.ts";
import { startActivity } from "./live/activity.ts";
import { startComputer } from "./live/computer.ts";
import { startMeasuring } from "./live/quality.ts";
import { startSession } from "./live/session.ts";
import { startTidying } from "./live/tidying.ts";
import { look } from "./store/deeds.ts";
import { dropOldDrafts } from "./store/drafts.ts";
import { put } from "./ui/put.ts";

put(<App />, "workspace");
put(<QuickBar onGo={look} />, "quick-bar");
put(<StatusMenu />, "status-menu");

dropOldDrafts();
startClock();
startKeys();
startOwn();
startTab();
startMarking();
startTidying();
startActivity();
void startComputer();
startMeasuring();
startSession({ isReloading: true });
