// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { OWN_NAMES } from "./vite.loader.config.ts";

// What a customer's website has to carry. These are promises, raised only on purpose.
const LOADER_LIMIT = 8_192;
const WINDOW_LIMIT = 40_960;

interface Chunk {
  file: string;
  name?: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const read = (file: string) => readFileSync(join(import.meta.dirname, "dist", file));
const gzipped = (file: string) => gzipSync(read(file), { level: 9 }).length;

function loadedFirst(entry: string): string[] {
  const manifest = JSON.parse(read("manifest.json").toString()) as Record<string, Chunk>;
  const files = new Set<string>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk) throw new Error(`The build has no ${entry}`);
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.imports?.forEach((key) => {
      visit(manifest[key]);
    });
  };
  visit(Object.values(manifest).find((chunk) => chunk.isEntry && chunk.name === entry));
  return [...files];
}

test("the loader stays within its size", () => {
  expect(gzipped("loader.js")).toBeLessThanOrEqual(LOADER_LIMIT);
});

test("the loader is one file", () => {
  expect(read("loader.js").toString()).not.toMatch(/\bimport\b/);
});

test.each(["shared/protocol.ts", "loader/contract.ts"])(
  "no name that the loader shortens is known beyond it: %s",
  (file) => {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    const fields = new Set(Array.from(text.matchAll(/(\w+)\??:/g), ([, name]) => name));
    expect(OWN_NAMES.filter((name) => fields.has(name))).toEqual([]);
  },
);

test("what the visitor window loads first stays within its size", () => {
  const bytes = loadedFirst("visitor").reduce((sum, file) => sum + gzipped(file), 0);
  expect(bytes).toBeLessThanOrEqual(WINDOW_LIMIT);
});
