import { page } from "../workspace/store/page.ts";

/** The agents' socket, as a WebSocket's address. */
export function socketAddress(): string {
  return location.origin.replace(/^http/, "ws") + page.urls.live;
}

export async function socketToken(): Promise<string> {
  const response = await askForToken();
  return ((await response.json()) as { token: string }).token;
}

export async function askForToken(): Promise<Response> {
  const response = await fetch(page.urls.socket_token, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`No socket token: ${response.status}`);
  return response;
}
