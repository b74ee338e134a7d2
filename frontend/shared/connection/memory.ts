import type { Store } from "./store.ts";
import { TRANSPORTS, type Transport } from "./transports.ts";

/** How long this tab goes by what it has found out before it tries a WebSocket again. */
const VALID_FOR = 600_000;
const KEY = "transport";

/** Which way works here, for this tab and for a while. */
export class Memory {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  get(): Transport {
    const [name, until] = this.note.split(":");
    const kind = TRANSPORTS.find((each) => each === name);
    const left = Number(until) - Date.now();
    // More than there ever was: the clock was set back.
    return kind && left > 0 && left <= VALID_FOR ? kind : "websocket";
  }

  /** All of it in a word, for whoever keeps it where this page has no storage; empty when there is nothing. */
  get note(): string {
    return this.store.get(KEY) ?? "";
  }

  set note(note: string) {
    this.store.set(KEY, note);
  }

  set(kind: Transport, milliseconds = VALID_FOR): void {
    if (kind === "websocket") this.forget();
    // Found out once more it holds no longer than before, or a WebSocket would never be tried again.
    else if (kind !== this.get()) this.note = `${kind}:${String(Date.now() + milliseconds)}`;
  }

  readonly forget = (): void => {
    this.store.remove(KEY);
  };
}
