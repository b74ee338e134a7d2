import { storageOf, Store } from "../shared/connection/store.ts";
import { PROTOCOL_VERSION } from "../shared/protocol.ts";
import { shown } from "./state.ts";

/** A window that meets a newer server loads itself anew, once; what was typed is kept. */
export function renew(reload = reloadPage): void {
  const version = shown.value?.version;
  if (!version || version === PROTOCOL_VERSION) return;
  const tab = new Store(storageOf("sessionStorage"), "parley:");
  if (tab.get("renewed") === version) return;
  tab.set("renewed", version);
  // Without storage it would load itself again and again.
  if (new Store(storageOf("sessionStorage"), "parley:").get("renewed") === version) reload();
}

function reloadPage(): void {
  location.reload();
}
