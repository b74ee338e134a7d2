// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

type Theme = "light" | "dark";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const declared = new Map(
  [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
);

function colour(name: string, theme: Theme): string {
  const value = declared.get(name);
  if (!value) throw new Error(`tokens.css has no ${name}`);
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (other) return colour(other, theme);
  const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value);
  const hex = theme === "light" ? pair?.[1] : pair?.[2];
  if (!hex) throw new Error(`${name} is not a colour for light and dark: ${value}`);
  return hex;
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = parseInt(digits.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [one, other]
    .map((name) => luminance(colour(name, theme)))
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["--ground", "--surface", "--surface-raised", "--surface-sunken"];
const texts: [string, string][] = [
  ...["--text", "--text-soft", "--text-quiet", "--accent-ink", "--bad-ink"].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ["--text", "--accent-tint"],
  ["--text-soft", "--grey-4"],
  ["--grey-1", "--grey-10"],
  ["--text-soft", "--accent-tint"],
  ["--text-quiet", "--accent-tint"],
  ["--accent-ink", "--accent-tint"],
  ["--on-accent", "--accent"],
  ["--on-accent", "--accent-strong"],
  ["--on-bad", "--bad"],
  ["--on-bad", "--bad-strong"],
  ["--good-ink", "--good-tint"],
  ["--care-ink", "--care-tint"],
  ["--text", "--care-tint"],
  ["--text-quiet", "--care-tint"],
  ["--bad-ink", "--bad-tint"],
];
const signs = ["--online", "--busy", "--away", "--invisible", "--offline", "--line-strong"].flatMap(
  (sign) => ["--ground", "--surface", "--surface-raised"].map((ground) => [sign, ground] as const),
);

describe.each<Theme>(["light", "dark"])("in the %s theme", (theme) => {
  test.each(texts)("%s can be read on %s", (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(signs)("%s can be told from %s", (sign, ground) => {
    expect(contrast(sign, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});

test("black on white is the greatest contrast there is", () => {
  declared.set("--white", "light-dark(#fff, #fff)").set("--black", "light-dark(#000000, #000)");
  expect(contrast("--black", "--white", "light")).toBeCloseTo(21);
  expect(contrast("--black", "--white", "dark")).toBeCloseTo(21);
});
