import { expect, test } from "vitest";

import { speak, t } from "./language.ts";

test.each([
  ["en-GB", "en", "Send"],
  ["zh-CN", "zh-Hans", "发送"],
  ["zh-TW", "zh-Hant", "傳送"],
  ["zh-hant", "zh-Hant", "傳送"],
  ["tlh", "en", "Send"],
])("to a reader of %s it speaks %s", async (wanted, tag, word) => {
  await speak(wanted);
  expect(t("send")).toBe(word);
  expect(document.documentElement.lang).toBe(tag);
});
