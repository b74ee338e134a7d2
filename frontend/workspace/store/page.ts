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
  urls: Record<
    | "live"
    | "socket_token"
    | "sign_in"
    | "workspace"
    | "offline_messages"
    | "check"
    | "notices"
    | "snippet",
    string
  >;
}

export const page = JSON.parse(
  document.getElementById("workspace-data")?.textContent ?? "null",
) as PageData;

export const reader = { language: page.language, timeZone: page.time_zone };

export function may(capability: string): boolean {
  return page.capabilities.includes(capability);
}
