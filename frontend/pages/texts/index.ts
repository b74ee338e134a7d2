import { choose } from "../../shared/texts.ts";
import { en } from "./en.ts";
import { zhHans } from "./zh-hans.ts";

/** The words of the page's own language. */
export const texts = () => choose(document.documentElement.lang, { en, "zh-hans": zhHans });
