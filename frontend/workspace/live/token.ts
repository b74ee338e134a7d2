import { page } from "../store/page.ts";
import { lookAgain, toSignIn } from "./leaving.ts";

/** A fresh one for each attempt. Whoever is no longer signed in is taken to the sign-in page,
 * and shown why where the company is closed. */
export async function socketToken(): Promise<string> {
  const response = await fetch(page.urls.socket_token, { headers: { accept: "application/json" } });
  if (response.status === 401) toSignIn(await reason(response));
  if (response.status === 403) lookAgain();
  if (!response.ok) throw new Error(`No socket token: ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

/** Why the sign-in is over, as far as the sign-in page has words for it. */
async function reason(response: Response): Promise<string> {
  const told = (await response.json().catch(() => ({}))) as { code?: string };
  return told.code === "address_not_allowed" ? "address" : "over";
}
