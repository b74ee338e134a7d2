import { signal } from "@preact/signals";

import { choose, fill, type Texts } from "../shared/texts.ts";
import { en } from "./texts/en.ts";

/** Their own words for themselves, in the order shown. */
export const LANGUAGES = { en: "English", "zh-hans": "简体中文", "zh-hant": "繁體中文" } as const;
export type Language = keyof typeof LANGUAGES;

const names: Record<Language, Language> = { en: "en", "zh-hans": "zh-hans", "zh-hant": "zh-hant" };

// Only the words of the language that is shown are loaded.
const loaders: Record<Language, () => Promise<Texts<typeof en>>> = {
  en: () => Promise.resolve(en),
  "zh-hans": () => import("./texts/zh-hans.ts").then(({ zhHans }) => zhHans),
  "zh-hant": () => import("./texts/zh-hant.ts").then(({ zhHant }) => zhHant),
};

export const language = signal<Language>("en");
const words = signal<Texts<typeof en>>(en);

/** Speaks this language, or the nearest there is. */
export async function speak(wanted: string): Promise<void> {
  const name = choose<Language>(wanted, names);
  words.value = await loaders[name]();
  language.value = name;
  document.documentElement.lang =
    name === "en" ? "en" : name.replace("hans", "Hans").replace("hant", "Hant");
}

/** A text of the window in the visitor's language, with values in its places. */
export function t(key: keyof typeof en, values: Record<string, string | number> = {}): string {
  return fill(words.value[key], values);
}
