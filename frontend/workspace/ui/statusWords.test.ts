import "../testing/page.ts";

import { expect, test } from "vitest";

import type { Agent } from "../../shared/protocol.ts";
import { CAROL } from "../testing/make.ts";
import { statusHint, statusWords } from "./statusWords.ts";

const NOW = Date.UTC(2026, 10, 22, 14, 30);
const TWO = Date.UTC(2026, 10, 22, 14, 2);
const cases: [Partial<Agent>, string][] = [
  [{ status: "busy", reason: "chosen", since: TWO }, "Busy"],
  [{ status: "away", reason: "chosen", since: TWO }, "Away"],
  [{ status: "away", reason: "idle", since: NOW - 180_000 }, "Away: no activity, 3 min"],
  [{ status: "offline", reason: "lost", since: TWO }, "Offline: connection lost 2:02 PM"],
  [{ status: "offline", reason: "signed_out", since: TWO }, "Offline since 2:02 PM"],
  [{ status: "offline", reason: "signed_out", since: TWO - 172_800_000 }, "Offline since Nov 20"],
  [{ status: "offline" }, "Offline"],
];

test.each(cases)("%o reads %s", (facts, words) => {
  const agent = { ...CAROL, ...facts };
  expect(statusWords(agent, NOW).replaceAll("\u202f", " ")).toBe(words);
});

test("the hint has the exact time", () => {
  const agent: Agent = { ...CAROL, status: "away", reason: "idle", since: TWO };
  expect(statusHint(agent, NOW)).toContain("Away: no activity, since November 22, 2026");
  expect(statusHint(CAROL, NOW)).toBe("Busy");
});
