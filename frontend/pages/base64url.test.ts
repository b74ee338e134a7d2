import { expect, test } from "vitest";

import { fromBase64Url, toBase64Url } from "./base64url.ts";

const bytes = Uint8Array.of(251, 255, 190, 0, 1);

test("bytes are written without padding, plus and slash", () => {
  expect(toBase64Url(bytes.buffer)).toBe("-_--AAE");
});

test("what was written is read again", () => {
  expect(fromBase64Url("-_--AAE")).toEqual(bytes);
});
