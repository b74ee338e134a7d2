import type { Agent } from "../../shared/protocol.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import { minute, now } from "../store/clock.ts";
import { faceOf } from "../ui/faces.ts";
import { statusHint, statusWords } from "../ui/statusWords.ts";

export function Colleague({ agent }: { agent: Agent }) {
  const { name, agent_id, status } = agent;
  const present = agent.reason === "idle" ? now.value : minute.value;
  return (
    <li
      class={`colleague colleague--${status}`}
      title={`${name} (${agent_id})\n${statusHint(agent, present)}`}
    >
      <span class={`status status--${status}`} aria-hidden="true" />
      <Avatar name={name} kind="small" src={faceOf(agent.id)} />
      <span class="colleague-words">
        <span class="cut">{name}</span>
        <span class="colleague-status">{statusWords(agent, present)}</span>
      </span>
    </li>
  );
}
