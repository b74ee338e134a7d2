import { Store, storageOf } from "../../shared/connection/index.ts";
import { page } from "../store/page.ts";

const MINUTE = 60_000;
const store = new Store(storageOf("sessionStorage"), "parley:");

/** Drafts and unsent messages stay in the browser's storage. */
export function toSignIn(why = ""): void {
  location.assign(page.urls.sign_in + (why && `&ended=${why}`));
}

/** A newer server is there: at most once a minute, so that two versions side by side make no circle. */
export function reloadForVersion(version: string, now = Date.now()): boolean {
  return version !== page.version && lookAgain(now);
}

/** The server says why this page is of no use any more: when it is opened. At most once a minute. */
export function lookAgain(now = Date.now()): boolean {
  if (now - Number(store.get("reloaded") ?? 0) < MINUTE) return false;
  store.set("reloaded", String(now));
  location.reload();
  return true;
}
