import { dialer } from "../live/connection.ts";
import { isShaky, quality, roundTrip } from "../live/quality.ts";
import { t } from "../texts/index.ts";

/** "Excellent, 24 ms". */
export function qualityWords(): string {
  const word = t(quality.value ?? "measuring");
  return isMeasured() ? t("qualityMeasured", { word, milliseconds: rounded() }) : word;
}

/** What it means for the one who works with it. */
export function qualityMeaning(): string {
  if (quality.value === "poor" && isShaky.value) return t("shakyMeans");
  return t(`${quality.value ?? "measuring"}Means`);
}

/** Where no WebSocket gets through; nothing to say where one does. */
export function wayWords(): string {
  const isByHttp = dialer.transport !== null && dialer.transport !== "websocket";
  return quality.value !== "disconnected" && isByHttp ? t("overHttp") : "";
}

export function milliseconds(): string {
  return t("milliseconds", { milliseconds: rounded() });
}

function rounded(): number {
  return Math.max(1, Math.round(roundTrip.value ?? 0));
}

/** After a loss a quick answer would belie the word beside it. */
export function isMeasured(): boolean {
  return quality.value !== "disconnected" && !isShaky.value && roundTrip.value !== null;
}
