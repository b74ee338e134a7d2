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

/** Another tab's letter is taken over once it is older than this: its tab may be gone. */
const FOREIGN_AFTER = 10_000;

/**
 * Letters stay here until the server has them. Each has a storage key of its own, so tabs never overwrite
 * one another's; sending one twice is harmless, since the server knows its name.
 */
export class Outbox<C extends Named> {
  private readonly letters = new Map<string, Letter<C>>();
  private readonly foreign = new Set<string>();
  private readonly busy = new Set<string>();
  private latest = 0;
  private notBefore = 0;
  private readonly options: OutboxOptions<C>;

  constructor(options: OutboxOptions<C>) {
    this.options = options;
    this.takeOver(Infinity);
  }

  /** Oldest first. */
  all(): Letter<C>[] {
    return [...this.letters.values()].sort((a, b) => a.at - b.at);
  }

  /** Under the name of one that was refused this is "send again". */
  add(command: C): void {
    this.latest = Math.max(Date.now(), this.latest + 1);
    this.foreign.delete(command.client_id);
    this.keep({ command, at: this.latest });
    this.flush();
  }

  /** The server has it, or its writer no longer wants it. */
  drop(name: string): void {
    this.options.store.remove(name);
    this.forget(name);
  }

  /** Sends what waits. Called when the connection is there again, and now and then. */
  flush(): void {
    if (Date.now() < this.notBefore) return;
    this.foreign.forEach((name) => {
      if (!this.isKept(name)) this.forget(name);
    });
    this.takeOver(Date.now() - FOREIGN_AFTER);
    for (const letter of this.all().filter(({ failure }) => !failure)) {
      const queue = this.options.queueOf(letter.command);
      if (!this.busy.has(queue)) void this.deliver(queue, letter);
    }
  }

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
    const name = letter.command.client_id;
    // Another tab may have got through with its letter meanwhile.
    if (this.letters.has(name) && (this.isKept(name) || !this.foreign.has(name)))
      this.keep({ ...letter, failure: failureOf(refusal) });
    return true;
  }

  private wait(milliseconds: number): boolean {
    this.notBefore = Date.now() + milliseconds;
    setTimeout(() => {
      this.flush();
    }, milliseconds);
    return false;
  }

  private isKept(name: string): boolean {
    return this.options.store.get(name) !== null;
  }

  private keep(letter: Letter<C>): void {
    this.letters.set(letter.command.client_id, letter);
    this.options.store.set(letter.command.client_id, JSON.stringify(letter));
    this.options.changed();
  }

  private forget(name: string): void {
    this.foreign.delete(name);
    if (this.letters.delete(name)) this.options.changed();
  }

  private takeOver(writtenUntil: number): void {
    for (const name of this.options.store.keys()) {
      const letter = this.letters.has(name) ? null : read<C>(this.options.store.get(name));
      if (!letter || letter.at > writtenUntil) continue;
      this.foreign.add(name);
      this.letters.set(name, letter);
    }
  }
}

function failureOf({ code, message, field }: Refusal): Failure {
  return { code, message, field };
}

function read<C extends Named>(text: string | null): Letter<C> | null {
  try {
    return text === null ? null : (JSON.parse(text) as Letter<C>);
  } catch {
    return null;
  }
}
