import "../styles/inter.css";
import "../styles/all.css";

import { startCopying } from "./copy.ts";
import { startForms } from "./forms.ts";
import { startMenus } from "./menus.ts";
import { startTheme } from "./theme.ts";
import { startTimeZone } from "./time-zone.ts";

startCopying(document);
startForms(document);
startMenus(document);
startTheme(document);
startTimeZone(document);
