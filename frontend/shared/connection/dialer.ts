import type { Socket } from "./connection.ts";
import { STREAMS_CUT } from "./http.ts";
import { Memory } from "./memory.ts";
import type { Store } from "./store.ts";
import { after, dial, TRANSPORTS, type Transport } from "./transports.ts";

/** A WebSocket that takes longer to open meets somebody who swallows it. */
const OPEN_WITHIN = 4_000;
/** One that dies sooner after its first word has died at once. */
const STEADY_AFTER = 10_000;
/** Who waited longer for a first word has given this way up. */
const SILENT_AFTER = 8_000;
/** Silence may be the server's: the WebSocket is soon tried again. */
const SILENT_FOR = 60_000;
/** The server's process moves its sockets elsewhere: nobody on the way is to blame. */
const RESTARTING = 1012;
const SHORT_LIVES = "short";

/** Chooses how frames travel: by WebSocket, else over a stream, else by polls. */
export class Dialer {
  /** The way of the connection that there is, or was last. */
  transport: Transport | null = null;
  readonly memory: Memory;
  private trial: Trial | null = null;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    this.memory = new Memory(store);
    // Another network may let WebSockets through.
    addEventListener("online", this.memory.forget);
    document.addEventListener("visibilitychange", this.renew);
  }

  /** A socket that tries one way after another until something is said on it. */
  readonly dial = (url: string): Socket => (this.trial = this.begin(url));

  /** When nobody looks, and what was found out is too old: a WebSocket may get through by now. */
  private readonly renew = (): void => {
    if (document.visibilityState === "hidden" && this.memory.get() === "websocket")
      this.trial?.renew();
  };

  private begin(url: string): Trial {
    return new Trial(url, this.memory.get(), {
      spoke: (kind) => {
        this.transport = kind;
        this.memory.set(kind);
      },
      died: (kind, isShort, code) => {
        if (kind === "websocket") this.count(isShort);
        else if (code === STREAMS_CUT) this.memory.set(after(kind));
      },
      silent: (kind) => {
        this.memory.set(after(kind), SILENT_FOR);
      },
    });
  }

  /** Twice in a row is no accident. */
  private count(isShort: boolean): void {
    const times = isShort ? Number(this.store.get(SHORT_LIVES) ?? 0) + 1 : 0;
    this.store.set(SHORT_LIVES, String(times % 2));
    if (times === 2) this.memory.set("stream");
  }
}

interface Verdicts {
  /** The first word has come this way. */
  spoke: (kind: Transport) => void;
  /** After its first word it was ended, by others and without a reason of the session's. */
  died: (kind: Transport, isShort: boolean, code: number) => void;
  /** It opened, but whoever waited for a word has given up. */
  silent: (kind: Transport) => void;
}

class Trial implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private socket: Socket | null = null;
  private isOpen = false;
  private isOver = false;
  private spokeAt: number | null = null;
  private readonly beganAt = performance.now();
  private left = TRANSPORTS.length;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private kind: Transport;
  private readonly url: string;
  private readonly verdicts: Verdicts;

  constructor(url: string, first: Transport, verdicts: Verdicts) {
    this.url = url;
    this.kind = first;
    this.verdicts = verdicts;
    this.begin();
  }

  send(frame: string): void {
    if (this.isOpen) this.socket?.send(frame);
  }

  close(): void {
    const waited = performance.now() - this.beganAt;
    if (this.spokeAt === null && waited > SILENT_AFTER) this.verdicts.silent(this.kind);
    this.isOver = true;
    this.drop();
  }

  /** Has whoever listens dial again, if this is not the best way. */
  renew(): void {
    if (this.spokeAt !== null && this.kind !== "websocket" && !this.isOver) this.end(RESTARTING);
  }

  private begin(): void {
    try {
      this.socket = dial(this.kind, this.url);
    } catch {
      // Where a policy forbids it, a WebSocket is not even made; but whoever dials must have listened first.
      setTimeout(this.next);
      return;
    }
    this.timer = setTimeout(this.next, OPEN_WITHIN);
    this.listen(this.socket);
  }

  private listen(socket: Socket): void {
    socket.onopen = () => {
      clearTimeout(this.timer);
      this.isOpen = true;
      this.onopen?.();
    };
    socket.onmessage = (event) => {
      if (this.spokeAt === null) this.speak();
      this.onmessage?.(event);
    };
    socket.onclose = ({ code }) => {
      if (this.spokeAt !== null || code >= 4_000 || code === RESTARTING) this.end(code);
      else this.next();
    };
  }

  private speak(): void {
    this.spokeAt = performance.now();
    this.verdicts.spoke(this.kind);
  }

  private readonly next = (): void => {
    if (this.isOver) return;
    this.drop();
    this.kind = after(this.kind);
    if (--this.left) this.begin();
    else this.end(1006);
  };

  private end(code: number): void {
    if (this.spokeAt !== null && code < 4_000 && code !== RESTARTING)
      this.verdicts.died(this.kind, performance.now() - this.spokeAt < STEADY_AFTER, code);
    this.isOver = true;
    this.drop();
    this.onclose?.({ code });
  }

  private drop(): void {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    this.isOpen = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
