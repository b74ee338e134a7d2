import type { Result } from "../protocol.ts";
import { Refusal } from "./errors.ts";
import type { Store } from "./store.ts";

/** What may be sent again under its name without being done twice. */
export interface Named {
  type: string;
  client_id: string;
}

export interface Failure {
  code: string;
  message: string;
  field: string | null;
}

/** A command on its way, with the time it was written. */
export interface Letter<C extends Named = Named> {
  command: C;
  at: number;
  failure?: Failure;
}

export interface OutboxOptions<C extends Named> {
  store: Store;
  send: (command: C) => Promise<Result | null>;
  /** Letters of one queue go one after the other; of several queues side by side. */
  queueOf: (command: C) => string;
  /** The server has it, durable. */
  sent: (letter: Letter<C>, result: Result | null) => void;
  changed: () => void;
}

/** Another tab's letter is taken over once it is older than this, or newer: its tab or the clock may be gone. */
const FOREIGN_AFTER = 10_000;

/**
 * Letters stay here until the server has them. Each has a storage key of its own, so tabs never overwrite
 * one another's; sending one twice is harmless, since the server knows its name.
 */
export class Outbox<C extends Named> {
  /** What this page has written; it stays known even if the website clears its storage. */
  private readonly own = new Map<string, Letter<C>>();
  private readonly busy = new Set<string>();
  private readonly inherited: readonly string[];
  private notBefore = 0;
  private readonly options: OutboxOptions<C>;

  constructor(options: OutboxOptions<C>) {
    this.options = options;
    this.inherited = options.store.keys();
  }

  /** Oldest first, those of other tabs included. */
  all(): Letter<C>[] {
    const names = new Set([...this.own.keys(), ...this.options.store.keys()]);
    const letters = [...names].map((name) => this.find(name));
    return letters.filter((letter) => letter !== null).sort((a, b) => a.at - b.at);
  }

  /** Under the name of one that was refused this is "send again". */
  add(command: C): void {
    // After all that wait, even if the clock was set back.
    this.keep({ command, at: Math.max(Date.now(), ...this.all().map(({ at }) => at + 1)) });
    this.flush();
  }

  /** The server has it, or its writer no longer wants it. */
  drop(name: string): void {
    this.own.delete(name);
    this.options.store.remove(name);
    this.options.changed();
  }

  /** Sends what waits. Called when the connection is there again, and now and then. */
  flush(): void {
    if (performance.now() < this.notBefore) return;
    for (const letter of this.all().filter(this.isDue)) {
      const queue = this.options.queueOf(letter.command);
      if (!this.busy.has(queue)) void this.deliver(queue, letter);
    }
  }

  private readonly isDue = ({ command, at, failure }: Letter<C>): boolean => {
    const name = command.client_id;
    const isOurs = this.own.has(name) || this.inherited.includes(name);
    return !failure && (isOurs || Math.abs(Date.now() - at) >= FOREIGN_AFTER);
  };

  private async deliver(queue: string, letter: Letter<C>): Promise<void> {
    this.busy.add(queue);
    const goOn = await this.options.send(letter.command).then(
      (result) => this.arrived(letter, result),
      (trouble: unknown) => trouble instanceof Refusal && this.refused(letter, trouble),
    );
    this.busy.delete(queue);
    if (goOn) this.flush();
  }

  private arrived(letter: Letter<C>, result: Result | null): boolean {
    this.options.sent(letter, result);
    this.drop(letter.command.client_id);
    return true;
  }

  private refused(letter: Letter<C>, refusal: Refusal): boolean {
    if (refusal.retryAfter !== null) return this.wait(refusal.retryAfter * 1_000);
    // If it is gone, another tab has got through with it meanwhile.
    if (this.find(letter.command.client_id)) this.keep({ ...letter, failure: failureOf(refusal) });
    return true;
  }

  private wait(milliseconds: number): boolean {
    this.notBefore = performance.now() + milliseconds;
    setTimeout(() => {
      this.notBefore = 0;
      this.flush();
    }, milliseconds);
    return false;
  }

  private keep(letter: Letter<C>): void {
    const name = letter.command.client_id;
    this.own.set(name, letter);
    this.options.store.set(name, JSON.stringify(letter));
    this.options.changed();
  }

  private find(name: string): Letter<C> | null {
    try {
      return this.own.get(name) ?? (JSON.parse(this.options.store.get(name) ?? "") as Letter<C>);
    } catch {
      return null;
    }
  }
}

function failureOf({ code, message, field }: Refusal): Failure {
  return { code, message, field };
}
