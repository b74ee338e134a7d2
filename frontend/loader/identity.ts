import type { Store } from "../shared/connection/store.ts";

interface Known {
  token: string;
  visitor: string;
}

const KEY = "visitor";

/** Who the visitor is: the token that we signed, in the website's own storage, one for all its tabs. */
export class Identity {
  visitor = "";
  private opened = "";
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** The token to open a session with; empty means "somebody new". */
  token(): string {
    this.opened = this.known()?.token ?? "";
    return this.opened;
  }

  /** False when another tab has meanwhile become somebody else: then be that one as well. */
  accept(greeted: Known): boolean {
    const known = this.known();
    if (!this.opened && known && known.visitor !== greeted.visitor) return false;
    this.visitor = greeted.visitor;
    this.store.set(KEY, JSON.stringify({ token: greeted.token, visitor: greeted.visitor }));
    return true;
  }

  forget(): void {
    this.store.remove(KEY);
  }

  /** Whether another tab has written a different visitor than this one is. */
  isOutdated(): boolean {
    const known = this.known();
    return !!this.visitor && !!known && known.visitor !== this.visitor;
  }

  private known(): Known | null {
    try {
      const known = JSON.parse(this.store.get(KEY) ?? "null") as Partial<Known> | null;
      return known?.token && known.visitor ? (known as Known) : null;
    } catch {
      return null;
    }
  }
}
