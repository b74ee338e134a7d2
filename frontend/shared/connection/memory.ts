import type { Store } from "./store.ts";
import { TRANSPORTS, type Transport } from "./transports.ts";

/** How long this tab goes by what it has found out before it tries a WebSocket again. */
const VALID_FOR = 600_000;
const KEY = "transport";

interface Note {
  kind: Transport;
  until: number;
}

/** Which way works here, for this tab and for a while. */
export class Memory {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  get(): Transport {
    const note = this.read();
    const left = note ? note.until - Date.now() : 0;
    // More than there ever was: the clock was set back.
    return note && left > 0 && left <= VALID_FOR ? note.kind : "websocket";
  }

  set(kind: Transport, milliseconds = VALID_FOR): void {
    if (kind === "websocket") this.forget();
    // Found out once more it holds no longer than before, or a WebSocket would never be tried again.
    else if (kind !== this.get())
      this.store.set(
        KEY,
        JSON.stringify({ kind, until: Date.now() + milliseconds } satisfies Note),
      );
  }

  readonly forget = (): void => {
    this.store.remove(KEY);
  };

  private read(): Note | null {
    try {
      const note = JSON.parse(this.store.get(KEY) ?? "null") as Note | null;
      return note && TRANSPORTS.includes(note.kind) ? note : null;
    } catch {
      return null;
    }
  }
}
