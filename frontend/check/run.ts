import { checkClock } from "./clock.ts";
import { findings, found } from "./findings.ts";
import { checkNotifications } from "./Notifications.tsx";
import { checkSound } from "./Sound.tsx";
import { checkStorage } from "./storage.ts";
import { t } from "./texts/index.ts";
import { measure, qualityFinding, wayFinding } from "./ways.ts";
import { checkZone } from "./zone.ts";

/** Tries everything that can be tried without asking, one after another so that nothing slows another. */
export async function run(): Promise<void> {
  findings.value = {};
  found("sound", checkSound());
  found("notifications", checkNotifications());
  found("storage", checkStorage());
  found("zone", checkZone());
  found("clock", await checkClock());
  const websocket = await measure("websocket");
  found("websocket", wayFinding("websocket", websocket, false));
  const stream = await measure("stream");
  found("stream", wayFinding("stream", stream, websocket !== null));
  const poll = await measure("poll");
  found("poll", wayFinding("poll", poll, (websocket ?? stream) !== null));
  found("quality", qualityFinding({ websocket, stream, poll }));
}

export function summary(): string {
  const all = Object.values(findings.value);
  if (!findings.value.quality) return t("summaryWorking");
  const count = all.filter(({ verdict }) => verdict === "care" || verdict === "bad").length;
  if (count === 0) return t("summaryGood");
  return count === 1 ? t("summaryOne") : t("summaryMany", { count });
}
