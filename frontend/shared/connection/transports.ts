import type { Socket } from "./connection.ts";
import { HttpSocket } from "./http.ts";

/** How frames travel, the best way first. */
export const TRANSPORTS = ["websocket", "stream", "poll"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** This way and no other, however it fares: the address is that of the WebSocket. */
export function dial(kind: Transport, url: string): Socket {
  return kind === "websocket" ? (new WebSocket(url) as Socket) : new HttpSocket(url, kind);
}

/** The way to try when this one does not work. */
export function after(kind: Transport): Transport {
  return TRANSPORTS[(TRANSPORTS.indexOf(kind) + 1) % TRANSPORTS.length] ?? "websocket";
}
