import { expect, test, vi } from "vitest";

import { startTimeZone } from "./time-zone.ts";

function listOf(zones: string[]): HTMLSelectElement {
  const options = zones.map((zone) => `<option>${zone}</option>`).join("");
  document.body.innerHTML = `<select data-time-zone>${options}</select>`;
  return document.querySelector("select")!;
}

function browserIn(timeZone: string): void {
  const options = new Intl.DateTimeFormat().resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...options,
    timeZone,
  });
}

test("the browser's own zone is chosen", () => {
  browserIn("Asia/Shanghai");
  const list = listOf(["UTC", "Asia/Shanghai"]);
  startTimeZone(document);
  expect(list.value).toBe("Asia/Shanghai");
});

test("a zone the server does not know leaves its choice alone", () => {
  browserIn("Mars/Olympus_Mons");
  const list = listOf(["UTC", "Asia/Shanghai"]);
  startTimeZone(document);
  expect(list.value).toBe("UTC");
});
