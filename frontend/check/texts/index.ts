import { choose, fill } from "../../shared/texts.ts";
import { en } from "./en.ts";
import { zhHans } from "./zh-hans.ts";

export type TextKey = keyof typeof en;

const words = choose(document.documentElement.lang, { en, "zh-hans": zhHans });

/** A text of the connection check; {host} is this server's. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return fill(words[key], { host: location.host, ...values });
}
