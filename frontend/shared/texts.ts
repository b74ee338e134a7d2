/** The words of one part in one language, under the keys of its English source. */
export type Texts<Source> = Record<keyof Source, string>;

/**
 * Picks the words for the reader's language, e.g. "zh-CN" finds "zh-hans"; English if none fits.
 */
export function choose<T>(language: string, dictionaries: Record<string, T> & { en: T }): T {
  const wanted = canonical(language);
  const names = Object.keys(dictionaries);
  const name =
    names.find((each) => each === wanted) ?? names.find((each) => each === baseOf(wanted));
  return (name && dictionaries[name]) || dictionaries.en;
}

/** Puts values into the places of a text: fill("{count} waiting", { count: 3 }). */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/;

function canonical(language: string): string {
  const lower = language.toLowerCase().replaceAll("_", "-");
  if (TRADITIONAL.test(lower)) return "zh-hant";
  return baseOf(lower) === "zh" ? "zh-hans" : lower;
}

function baseOf(language: string): string {
  return language.split("-")[0] ?? language;
}
