import type { Store } from "../shared/connection/store.ts";

const KEY = "visitor";

/** Who the visitor is: the token that we signed, in the website's own storage, one for all its tabs. */
export class Identity {
  private token = "";
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** The token to open a session with; empty means "somebody new". A website that clears its storage changes nobody. */
  present(): string {
    return (this.token = this.known() || this.token);
  }

  /** False when another tab has meanwhile become somebody else: then be that one as well. */
  accept(token: string): boolean {
    const known = this.known();
    if (!this.token && known && !isSame(known, token)) return false;
    this.token = token;
    this.store.set(KEY, token);
    return true;
  }

  /** Another tab may have become somebody new already. */
  forget(): void {
    if (this.known() === this.token) this.store.remove(KEY);
    this.token = "";
  }

  /** Whether another tab has written a different visitor than this one is. */
  isOutdated(): boolean {
    return !!this.known() && !isSame(this.known(), this.token);
  }

  private known(): string {
    return this.store.get(KEY) ?? "";
  }
}

/** A token begins with whom it names; what follows is when it was signed, and the signature. */
function isSame(token: string, other: string): boolean {
  return token.split(":")[0] === other.split(":")[0];
}
