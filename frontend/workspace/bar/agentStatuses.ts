import { effect } from "@preact/signals";

import { isReady, workspace } from "../store/state.ts";
import { t } from "../texts/index.ts";

/** Pages that name agents mark where each one's status stands: it follows as long as the page is open. */
export function startAgentStatuses(page: Document): void {
  const places = page.querySelectorAll<HTMLElement>("[data-agent-status]");
  if (places.length === 0) return;
  effect(() => {
    if (isReady.value) places.forEach(show);
  });
}

function show(place: HTMLElement): void {
  const agent = workspace.value.agents.get(Number(place.dataset["agentStatus"]));
  const [mark, words] = place.children;
  if (!agent || !mark || !words) return;
  mark.className = `status status--${agent.status}`;
  words.textContent = t(agent.status);
}
