import "../styles/inter.css";
import "../styles/all.css";

import { type ComponentChild, render } from "preact";

import { startClock } from "../shared/ui/now.ts";
import { App } from "./app/App.tsx";
import { QuickBar } from "./bar/QuickBar.tsx";
import { StatusMenu } from "./bar/StatusMenu.tsx";
import { startTab } from "./bar/tab.ts";
import { startKeys } from "./keys/keys.ts";
import { startMarking } from "./live/looking.ts";
import { startSession } from "./live/session.ts";
import { dropOldDrafts } from "./store/drafts.ts";

put(<App />, "workspace");
put(<QuickBar />, "quick-bar");
put(<StatusMenu />, "status-menu");

dropOldDrafts();
startClock();
startKeys();
startTab();
startMarking();
startSession();

function put(component: ComponentChild, id: string): void {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = "";
  render(component, place);
}
