import { choose, type Texts } from "../../shared/texts.ts";
import { en } from "./en.ts";
import { zhHans } from "./zh-hans.ts";
import { zhHant } from "./zh-hant.ts";

export type LoaderTexts = Texts<typeof en>;

export const textsFor = (language: string): LoaderTexts =>
  choose<LoaderTexts>(language, { en, "zh-hans": zhHans, "zh-hant": zhHant });
