import type { Agent } from "../../shared/protocol.ts";

export type Agents = ReadonlyMap<number, Agent>;

export function opened(told: readonly Agent[]): Agents {
  return new Map(told.map((each) => [each.id, each]));
}

export function changed(before: Agents, agent: Agent): Agents {
  return new Map(before).set(agent.id, agent);
}

const order = ["online", "busy", "away", "invisible", "offline"];

/** Those who are there first, then by name. */
export function colleagues(agents: Agents, me: number): Agent[] {
  return [...agents.values()]
    .filter((each) => each.id !== me)
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

function rank(agent: Agent): number {
  return order.indexOf(agent.status);
}
