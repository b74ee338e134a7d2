import { signal } from "@preact/signals";

/** What the server wrote into the page for the script. */
export interface PageData {
  company_id: number;
  company_name: string;
  agent: {
    id: number;
    agent_id: string;
    name: string;
    /** The role's name in the page's language. */
    role: string;
    is_administrator: boolean;
  };
  language: string;
  time_zone: string;
  version: string;
  /** Plan, billing and when it ends, in words. */
  plan: string[];
  capabilities: string[];
  /** Whether one looks on as a role would, and can change nothing. */
  is_seeing: boolean;
  /** Whether one is an operator on a visit: no agent, with no status. */
  is_visiting: boolean;
  urls: Record<
    | "live"
    | "socket_token"
    | "sign_in"
    | "workspace"
    | "offline_messages"
    | "check"
    | "notices"
    | "suggestions"
    | "pictures"
    | "snippet",
    string
  >;
}

export const page = JSON.parse(
  document.getElementById("workspace-data")?.textContent ?? "null",
) as PageData;

export const reader = { language: page.language, timeZone: page.time_zone };

/** What one may do now: it may be changed while the page is open. */
const capabilities = signal(page.capabilities);
export const isAdministrator = signal(page.agent.is_administrator);

export function may(capability: string): boolean {
  return capabilities.value.includes(capability);
}

export function mayFromNow(capable: string[], administrator: boolean): void {
  capabilities.value = capable;
  isAdministrator.value = administrator;
}
