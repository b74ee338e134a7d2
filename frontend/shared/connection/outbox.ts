import type { Result } from "../protocol.ts";
import { Lost, Refusal } from "./errors.ts";
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
  private readonly busy = new Set<string>();
  private latest = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly options: OutboxOptions<C>;

  constructor(options: OutboxOptions<C>) {
    this.options = options;
    this.take(0);
  }

  /** Oldest first. */
  all(): Letter<C>[] {
    return [...this.letters.values()].sort((a, b) => a.at - b.at);
  }

  add(command: C): void {
    this.latest = Math.max(Date.now(), this.latest + 1);
    this.keep({ command, at: this.latest });
    this.flush();
  }

  /** "Send again": a refused letter gets another try, behind those written since. */
  again(name: string): void {
    const letter = this.letters.get(name);
    if (letter) this.add(letter.command);
  }

  /** The server has it, or its writer no longer wants it. */
  drop(name: string): void {
    this.options.store.remove(name);
    if (this.letters.delete(name)) this.options.changed();
  }

  /** Sends what waits. Called when the connection is there again, and now and then. */
  flush(): void {
    this.take(Date.now() - FOREIGN_AFTER);
    for (const letter of this.waiting()) {
      const queue = this.options.queueOf(letter.command);
      if (!this.busy.has(queue)) void this.deliver(queue, letter);
    }
  }

  private waiting(): Letter<C>[] {
    return this.all().filter((letter) => !letter.failure);
  }

  private async deliver(queue: string, letter: Letter<C>): Promise<void> {
    this.busy.add(queue);
    const goOn = await this.attempt(letter);
    this.busy.delete(queue);
    if (goOn) this.flush();
  }

  private async attempt(letter: Letter<C>): Promise<boolean> {
    try {
      const result = await this.options.send(letter.command);
      this.options.sent(letter, result);
      this.drop(letter.command.client_id);
      return true;
    } catch (trouble) {
      return this.settle(letter, trouble);
    }
  }

  private settle(letter: Letter<C>, trouble: unknown): boolean {
    if (trouble instanceof Lost) return false;
    if (!(trouble instanceof Refusal)) throw trouble;
    if (trouble.retryAfter !== null) return this.wait(trouble.retryAfter);
    // Another tab may have got through with it meanwhile.
    if (this.isKept(letter)) this.keep({ ...letter, failure: failureOf(trouble) });
    return true;
  }

  private wait(seconds: number): boolean {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.flush();
    }, seconds * 1_000);
    return false;
  }

  private isKept(letter: Letter<C>): boolean {
    return this.options.store.get(letter.command.client_id) !== null;
  }

  private keep(letter: Letter<C>): void {
    this.letters.set(letter.command.client_id, letter);
    this.options.store.set(letter.command.client_id, JSON.stringify(letter));
    this.options.changed();
  }

  private take(writtenBefore: number): void {
    const { store } = this.options;
    for (const name of store.keys()) {
      const letter = this.letters.has(name) ? null : read<C>(store.get(name));
      if (letter && (!writtenBefore || letter.at <= writtenBefore)) this.letters.set(name, letter);
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
