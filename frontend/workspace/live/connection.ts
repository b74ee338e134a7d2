import { signal } from "@preact/signals";

import {
  Connection,
  type ConnectionState,
  Dialer,
  Store,
  storageOf,
} from "../../shared/connection/index.ts";
import type { AgentCommand, AgentEvent } from "../../shared/protocol.ts";
import { page } from "../store/page.ts";
import { socketToken } from "./token.ts";

export const connectionState = signal<ConnectionState>({
  phase: "connecting",
  attempt: 0,
  retryAt: 0,
});

/** Who hears how long each heartbeat took. */
export const roundTrips: { hear: (milliseconds: number) => void } = { hear: () => undefined };

interface Listener {
  heard: (event: AgentEvent) => void;
  following: () => number[];
}

const listener: Listener = { heard: () => undefined, following: () => [] };

/** Finds out which way gets through; `transport` tells which it is. */
export const dialer = new Dialer(new Store(storageOf("sessionStorage"), "parley:line:"));

export const connection = new Connection<AgentCommand, AgentEvent>({
  url: () => socketAddress(page.urls.live),
  dial: dialer.dial,
  opening: async () => ({ type: "session.open", token: await socketToken() }),
  heard: (event) => {
    listener.heard(event);
  },
  changed: (state) => {
    connectionState.value = state;
  },
  following: () => listener.following(),
  measured: (milliseconds) => {
    roundTrips.hear(milliseconds);
  },
  // A token lives for moments only: the next attempt brings a fresh one.
  refused: () => true,
});

/** Opens the socket; from now on these hear and say what is followed. */
export function connect(to: Listener): void {
  Object.assign(listener, to);
  connection.open();
}

function socketAddress(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}
