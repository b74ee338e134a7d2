import "../styles/inter.css";
import "../styles/all.css";

import { startBulk } from "./bulk.ts";
import { startCopying } from "./copy.ts";
import { startForms } from "./forms.ts";
import { startKeeping } from "./keep.ts";
import { startMenus } from "./menus.ts";
import { startPasskeys } from "./passkeys.ts";
import { startSettingsSearch } from "./settings-search.ts";
import { startTheme } from "./theme.ts";
import { startTimeZone } from "./time-zone.ts";
import { startUnsaved } from "./unsaved.ts";

startBulk(document);
startCopying(document);
startForms(document);
startKeeping(document);
startMenus(document);
startPasskeys(document);
startSettingsSearch(document);
startTheme(document);
startTimeZone(document);
startUnsaved(document);
