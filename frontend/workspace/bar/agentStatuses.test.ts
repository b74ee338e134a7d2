import "../testing/page.ts";

import { expect, test } from "vitest";

import type { Agent } from "../../shared/protocol.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { BOB } from "../testing/make.ts";
import { startAgentStatuses } from "./agentStatuses.ts";

const shown = () => document.querySelector("[data-agent-status]")!;

function isThere(agent: Agent): void {
  workspace.value = { ...unknown, me: BOB, agents: new Map([[agent.id, agent]]) };
}

test("a status on a page follows, in shape and in words", () => {
  document.body.innerHTML = `
    <span data-agent-status="7"><span class="status status--offline"></span><span>Offline</span></span>`;
  startAgentStatuses(document);
  expect(shown().textContent).toContain("Offline");
  isThere({ ...BOB, id: 7, status: "busy" });
  expect(shown().querySelector(".status--busy")).not.toBeNull();
  expect(shown().textContent).toContain("Busy");
});

test("of whom nothing is known stays as it is", () => {
  isThere({ ...BOB, id: 8, status: "online" });
  expect(shown().textContent).toContain("Busy");
});
