import { afterEach, beforeEach, vi } from "vitest";

import { FakeSocket, settled } from "../shared/connection/testing.ts";
import type { Conversation, Entry, EntryKind } from "../shared/protocol.ts";
import { VisitorSession } from "./session.ts";

/** For each test of a file: sockets that the test answers, and a clock and chance that stand still. */
export function withFakeServer(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    FakeSocket.all = [];
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

export function openSession(
  storage: Storage,
  unwelcome: () => void = () => undefined,
): VisitorSession {
  const made = new VisitorSession({
    origin: "https://chat.example",
    company: "12345678",
    storage,
    changed: () => undefined,
    unwelcome,
  });
  made.open();
  return made;
}

/** Notes who listens to the page from now on; the answer makes them stop, as a page that goes does. */
export function noteListeners(): () => void {
  const listening: (() => void)[] = [];
  for (const target of [window, document]) {
    const listen = target.addEventListener.bind(target);
    vi.spyOn(target, "addEventListener").mockImplementation((...given) => {
      const [name, listener] = given;
      listening.push(() => {
        target.removeEventListener(name, listener);
      });
      listen(...given);
    });
  }
  return () => {
    listening.splice(0).forEach((stop) => {
      stop();
    });
  };
}

/** A token as the server signs it: whom it names, when it was signed, the signature. */
export const tokenOf = (visitor: string, signedAt = "1aaaaa"): string =>
  `12345678.${visitor}:${signedAt}:signature`;

export const greeting = {
  type: "session.opened",
  ref: 1,
  version: "1",
  token: tokenOf("vera"),
  visitor: "vera",
  availability: "online",
} as const;

export const entry = (number: number, kind: EntryKind, more: Partial<Entry> = {}): Entry => ({
  number,
  kind,
  side: "visitor",
  at: 1_000 + number,
  ...more,
});

export const conversation = (id: number, last_number: number): Conversation => ({
  id,
  state: "active",
  visitor: "vera",
  page: { url: "https://shop.example/" },
  requested_at: 0,
  last_number,
  marks: {},
});

/** The server greets the newest socket. */
export async function greet(more: object = {}): Promise<FakeSocket> {
  await settled();
  const socket = FakeSocket.last;
  socket.onopen?.();
  socket.says({ ...greeting, ...more });
  await settled();
  return socket;
}

/** Answers the last command of a type that the socket was asked. */
export async function answer(socket: FakeSocket, type: string, result?: object): Promise<void> {
  const asked = socket.sent.filter((frame) => frame["type"] === type).pop();
  if (!asked) throw new Error(`Nobody asked for ${type}`);
  socket.says({ type: "ack", ref: asked["ref"], ...(result && { result }) });
  await settled();
}

export async function refuse(socket: FakeSocket, type: string, code: string): Promise<void> {
  const asked = socket.sent.filter((frame) => frame["type"] === type).pop();
  socket.says({ type: "refused", ref: asked?.["ref"] ?? 0, code, message: `It is ${code}.` });
  await settled();
}
