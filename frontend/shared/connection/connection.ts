import type { Ack, Refused, Result } from "../protocol.ts";
import { Lost, Refusal } from "./errors.ts";
import { pauseBefore } from "./pauses.ts";

const SESSION_ENDED = 4001;
/** Its process ends; another one is there. */
const RESTARTING = 1012;
const HEARTBEAT_EVERY = 25_000;
/** An opening or a heartbeat that takes longer means a dead socket. */
const ANSWER_WITHIN = 10_000;
/** A session shorter than this counts as a failed attempt, so that a server in trouble is not hammered. */
const STEADY_AFTER = 10_000;
/** A timer that fires much later than this was asleep, and everything with it. */
const TICK = 5_000;

export type Phase = "connecting" | "open" | "waiting" | "ended";

export interface ConnectionState {
  phase: Phase;
  /** How often it has failed since all was well: the number of the attempt now made or waited for. */
  attempt: number;
  /** When the next attempt begins (milliseconds since 1970), while waiting. */
  retryAt: number;
}

/** What of a WebSocket is used. */
export interface Socket {
  send: (frame: string) => void;
  close: () => void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

/** A command as its caller writes it: the connection numbers it. */
export type Unnumbered<C> = C extends { ref: number } ? Omit<C, "ref"> : never;
type Opening<C> = Unnumbered<Extract<C, { type: "session.open" }>>;

export interface ConnectionOptions<C, E> {
  url: () => string;
  /** Where no WebSocket is to be had, something that behaves like one. */
  dial?: ((url: string, failures: number) => Socket | null) | undefined;
  /** The first frame; an agent fetches a fresh token for it. Failing counts as a failed attempt. */
  opening: () => Opening<C> | Promise<Opening<C>>;
  /** Everything the server says except the answers to `ask`; the greeting comes first. */
  heard: (event: E) => void;
  changed: (state: ConnectionState) => void;
  /** Conversations whose newest numbers each heartbeat asks for. */
  following: () => number[];
  /** A heartbeat went there and back in so many milliseconds. */
  measured?: ((roundTrip: number) => void) | undefined;
  /** The opening was refused. Answers whether trying again makes sense. */
  refused: (refusal: Refusal) => boolean;
}

interface Awaited {
  resolve: (result: Result | null) => void;
  reject: (trouble: Error) => void;
}

type Timers = Partial<
  Record<"pause" | "beat" | "deadline" | "tick", ReturnType<typeof setTimeout>>
>;

interface Frame {
  type: string;
  ref?: number;
}

/** One socket that keeps itself alive: greeting, answers, heartbeat, growing pauses between attempts. */
export class Connection<C extends { type: string; ref: number }, E extends { type: string }> {
  state: ConnectionState = { phase: "ended", attempt: 0, retryAt: 0 };
  private socket: Socket | null = null;
  private lastRef = 0;
  private awaited = new Map<number, Awaited>();
  private failures = 0;
  private openedAt = 0;
  private beat = { ref: 0, at: 0 };
  private readonly timers: Timers = {};
  private readonly options: ConnectionOptions<C, E>;

  constructor(options: ConnectionOptions<C, E>) {
    this.options = options;
  }

  open(): void {
    if (this.state.phase !== "ended") return;
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.failures = 0;
    this.tick();
    this.begin();
  }

  /** Ends it, until `open` is called again. */
  close(): void {
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.cancel("tick");
    this.leave("ended");
  }

  /** "Try now": ends the pause. */
  retry(): void {
    if (this.state.phase === "waiting") this.begin();
  }

  /** Rejects with a Refusal, or with Lost when the connection goes first. Never asked again by itself. */
  ask(command: Unnumbered<C>): Promise<Result | null> {
    return new Promise((resolve, reject) => {
      if (this.state.phase !== "open") reject(new Lost());
      else this.awaited.set(this.say(command), { resolve, reject });
    });
  }

  /** Asks for the newest numbers now, and so finds out whether the socket still lives. */
  check(): void {
    if (this.state.phase !== "open") return;
    this.cancel("beat");
    const at = performance.now();
    const ref = this.say({ type: "heartbeat", conversations: this.options.following() });
    this.beat = { ref, at };
    this.expectAnswer();
  }

  /**
   * Notices that the machine has slept, that the browser froze the tab or kept the page for the back button.
   * A clock that was put forward looks the same, and does no harm.
   */
  private tick(): void {
    const before = Date.now();
    this.plan("tick", TICK, () => {
      if (Date.now() - before > 2 * TICK) this.wake();
      this.tick();
    });
  }

  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    this.retry();
    this.check();
  };

  private begin(): void {
    this.leave("connecting");
    this.expectAnswer();
    void this.connect(this.state);
  }

  private async connect(started: ConnectionState): Promise<void> {
    try {
      const first = await this.options.opening();
      if (this.state === started) this.listen(this.dial(this.options.url()), first);
    } catch {
      if (this.state === started) this.lose();
    }
  }

  private dial(url: string): Socket {
    return this.options.dial?.(url, this.failures) ?? (new WebSocket(url) as Socket);
  }

  private listen(socket: Socket, first: object): void {
    this.socket = socket;
    socket.onopen = () => {
      this.say(first);
    };
    socket.onmessage = ({ data }) => {
      this.hear(JSON.parse(data) as Frame);
    };
    socket.onclose = ({ code }) => {
      if (code === SESSION_ENDED) this.close();
      else if (code === RESTARTING) this.begin();
      else this.lose();
    };
  }

  private say(frame: object): number {
    const ref = ++this.lastRef;
    this.socket?.send(JSON.stringify({ ...frame, ref }));
    return ref;
  }

  private hear(frame: Frame): void {
    if (frame.type === "ack") this.settle(frame.ref)?.resolve((frame as Ack).result ?? null);
    else if (frame.type === "refused") this.hearRefusal(frame as Refused);
    else {
      if (frame.type === "session.opened") this.greet();
      if (frame.type === "heartbeat.answered") this.hearBeat(frame);
      this.options.heard(frame as unknown as E);
    }
  }

  private hearBeat({ ref }: Frame): void {
    this.planBeat();
    const { beat } = this;
    if (ref === beat.ref) this.options.measured?.(performance.now() - beat.at);
  }

  private hearRefusal(frame: Refused): void {
    const refusal = new Refusal(frame);
    if (this.state.phase === "open") this.settle(frame.ref)?.reject(refusal);
    else if (this.options.refused(refusal)) this.lose((refusal.retryAfter ?? 0) * 1_000);
    else this.close();
  }

  private settle(ref = 0): Awaited | undefined {
    const awaited = this.awaited.get(ref);
    this.awaited.delete(ref);
    return awaited;
  }

  private greet(): void {
    this.openedAt = performance.now();
    this.become({ phase: "open", attempt: 0, retryAt: 0 });
    this.planBeat();
  }

  private planBeat(): void {
    this.cancel("deadline");
    this.plan("beat", HEARTBEAT_EVERY, () => {
      this.check();
    });
  }

  private expectAnswer(): void {
    this.plan("deadline", ANSWER_WITHIN, () => {
      this.lose();
    });
  }

  private lose(atLeast = 0): void {
    const steady = this.state.phase === "open" && performance.now() - this.openedAt >= STEADY_AFTER;
    this.failures = steady ? 1 : this.failures + 1;
    const pause = Math.max(atLeast, pauseBefore(this.failures));
    this.leave("waiting", Date.now() + pause);
    this.plan("pause", pause, () => {
      this.retry();
    });
  }

  /** Drops the socket without waiting for it: a dead one would take minutes to say goodbye. */
  private leave(phase: Phase, retryAt = 0): void {
    this.cancel("pause", "beat", "deadline");
    const { socket, awaited } = this;
    this.socket = null;
    this.awaited = new Map();
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.become({ phase, attempt: this.failures, retryAt });
    awaited.forEach(({ reject }) => {
      reject(new Lost());
    });
  }

  private become(state: ConnectionState): void {
    this.state = state;
    this.options.changed(state);
  }

  private plan(timer: keyof Timers, after: number, action: () => void): void {
    this.cancel(timer);
    this.timers[timer] = setTimeout(action, after);
  }

  private cancel(...timers: (keyof Timers)[]): void {
    timers.forEach((timer) => {
      clearTimeout(this.timers[timer]);
    });
  }
}
