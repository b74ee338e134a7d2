import type { Agent } from "../../shared/protocol.ts";
import { t } from "../texts/index.ts";

export function Colleague({ agent }: { agent: Agent }) {
  const { name, agent_id, status } = agent;
  return (
    <li class={`colleague colleague--${status}`} title={`${name} (${agent_id})`}>
      <span class={`status status--${status}`} aria-hidden="true" />
      <span class="cut">{name}</span>
      <span class="colleague-status">{t(status)}</span>
    </li>
  );
}
