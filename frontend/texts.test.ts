import { describe, expect, test } from "vitest";

// Every part keeps its words in <part>/texts/<language>.ts; each language must say what English says.
type Words = Record<string, string>;

const modules = import.meta.glob<Record<string, Words>>("./*/texts/*.ts", { eager: true });
const parts = [...new Set(Object.keys(modules).map((path) => path.split("/")[1] ?? ""))];

function words(part: string, language: string): Words {
  const found = modules[`./${part}/texts/${language}.ts`];
  if (!found) throw new Error(`${part} has no words in ${language}`);
  return Object.values(found)[0] ?? {};
}

function languagesOf(part: string): string[] {
  const paths = Object.keys(modules).filter((path) => path.startsWith(`./${part}/`));
  const names = paths.map((path) => path.replace(/^.*\/|\.ts$/g, ""));
  return names.filter((name) => !["en", "index"].includes(name));
}

const places = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("there are parts with words", () => {
  expect(parts).toContain("pages");
});

test.each(parts)("%s speaks Simplified Chinese", (part) => {
  expect(languagesOf(part)).toContain("zh-hans");
});

describe.each(parts.flatMap((part) => languagesOf(part).map((language) => [part, language])))(
  "%s in %s",
  (part = "", language = "") => {
    const source = words(part, "en");
    const other = words(part, language);

    test("says everything, and nothing else", () => {
      expect(Object.keys(other).sort()).toEqual(Object.keys(source).sort());
      expect(Object.values(other)).not.toContain("");
    });

    test("names the same values", () => {
      for (const [key, text] of Object.entries(source)) {
        expect([key, ...places(other[key])]).toEqual([key, ...places(text)]);
      }
    });
  },
);
