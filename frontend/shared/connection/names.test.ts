import { expect, test } from "vitest";

import { newName } from "./names.ts";

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const older = {
  getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
} as unknown as Crypto;

test.each([
  ["this browser", crypto],
  ["a browser or page without randomUUID", older],
])("names are canonical UUIDs in %s", (_, source) => {
  expect(newName(source)).toMatch(CANONICAL);
  expect(newName(source)).not.toBe(newName(source));
});
