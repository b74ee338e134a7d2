import { page } from "../workspace/store/page.ts";
import { type Finding, good } from "./findings.ts";
import { t } from "./texts/index.ts";

export function checkZone(): Finding {
  const browser = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = page.time_zone;
  if (browser === zone) return good(t("zoneSame", { zone }));
  return good(t("zoneOther", { zone, browser }), t("zoneOtherHint"));
}
