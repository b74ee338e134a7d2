import type { Deed, Said } from "../loader/contract.ts";
import { VisitorSession } from "../loader/session.ts";
import { Dialer } from "../shared/connection/dialer.ts";
import { storageOf, Store } from "../shared/connection/store.ts";

interface Listener {
  said: (said: Said) => void;
  unwelcome: () => void;
}

/** What the loader does on a website, for a window that stands alone. */
export class Alone {
  private readonly session: VisitorSession;
  private readonly listener: Listener;

  constructor(company: string, listener: Listener) {
    this.listener = listener;
    this.session = new VisitorSession({
      origin: location.origin,
      company,
      storage: storageOf("localStorage"),
      changed: this.say,
      unwelcome: listener.unwelcome,
      dial: new Dialer(new Store(storageOf("sessionStorage"), "parley:line:")).dial,
    });
    this.session.group = new URLSearchParams(location.search).get("group") ?? undefined;
  }

  start(): void {
    const { store } = this.session;
    const kept = { draft: store.get("draft") ?? "", language: store.get("language") ?? "" };
    this.listener.said({ kept, isOpen: true });
    addEventListener("storage", () => {
      this.session.look();
    });
    addEventListener("pagehide", () => {
      this.session.close();
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.session.open();
    });
    addEventListener("focus", this.say);
    this.session.open();
  }

  carryOut(deed: Deed): void {
    this.session.carryOut(deed);
  }

  private readonly say = (): void => {
    this.listener.said({
      shown: this.session.shown(),
      hasFocus: document.hasFocus(),
    });
  };
}
