import type { Source } from "../../shared/protocol.ts";
import { t, type TextKey } from "../texts/index.ts";

/** Engines that are called otherwise in another language; the rest keep their names everywhere. */
const names: Record<string, TextKey> = {
  Baidu: "engineBaidu",
  Sogou: "engineSogou",
  "360": "engine360",
  Shenma: "engineShenma",
  Toutiao: "engineToutiao",
  Quark: "engineQuark",
  Bing: "engineBing",
};

/** What brought a visitor, by the name the reader knows it under. */
export function sourceName({ kind, name = "" }: Source): string {
  const key = kind === "search" ? names[name] : undefined;
  return key ? t(key) : name;
}
