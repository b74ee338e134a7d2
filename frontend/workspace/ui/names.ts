import type { Conversation, Page } from "../../shared/protocol.ts";
import { t } from "../texts/index.ts";

interface Somebody {
  visitor: string;
  name?: string;
  visitor_name?: string;
}

/** A visitor's name, or the beginning of the ID until there is one. */
export function visitorName({ visitor, name, visitor_name }: Somebody): string {
  return name || visitor_name || t("unnamed", { id: visitor.slice(0, 4).toUpperCase() });
}

export function pageName({ title, url }: Page): string {
  return title || pathOf(url);
}

/** What one reads on hover: title and address. */
export function pageHint({ title, url }: Page): string {
  return title ? `${title}\n${url}` : url;
}

/** Visitors' addresses are text from outside: only those a browser may open safely become links. */
export function safeAddress({ url }: Page): string | null {
  return /^https?:\/\//i.test(url) ? url : null;
}

export function agentOf({ agent_id, agent_name }: Conversation, me: number): string {
  return agent_id === me ? t("you") : (agent_name ?? "");
}

function pathOf(url: string): string {
  try {
    const { host, pathname, search } = new URL(url);
    return pathname === "/" ? host : pathname + search;
  } catch {
    return url;
  }
}
