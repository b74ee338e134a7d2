import { duration } from "../shared/time.ts";
import { reader } from "../workspace/store/page.ts";
import { care, type Finding, good } from "./findings.ts";
import { askForToken } from "./server.ts";
import { t } from "./texts/index.ts";

/** The time of an answer has no parts of a second; less than this is nothing to worry about. */
const TOLERANCE = 5_000;

export async function checkClock(): Promise<Finding> {
  const before = Date.now();
  const response = await askForToken().catch(() => null);
  const server = Date.parse(response?.headers.get("date") ?? "");
  if (Number.isNaN(server)) return care(t("clockUnknown"), t("clockUnknownAdvice"));
  return clockFinding((before + Date.now()) / 2 - (server + 500));
}

/** By how many milliseconds this computer is ahead. */
export function clockFinding(ahead: number): Finding {
  const size = Math.abs(ahead);
  if (size < TOLERANCE) return good(t("clockGood"));
  const time = duration(size, reader);
  return care(t(ahead > 0 ? "clockAhead" : "clockBehind", { time }), t("clockAdvice"));
}
