import type { Socket } from "../shared/connection/connection.ts";
import { onConnect } from "./channel.ts";
import { make } from "./dom.ts";

/** What the page at the line's other end says: frames as they come, and the code it ends with. */
export type LineSaid = string | number;

/**
 * A socket inside an iframe of ours, for websites whose Content-Security-Policy names our origin: by the
 * letter of the standard that allows scripts, frames and requests, but no WebSocket.
 */
export function openLine(origin: string, address: string): Socket {
  const frame = make("iframe", { src: address });
  const line: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: () => undefined,
    close() {
      frame.remove();
    },
  };
  onConnect(frame, origin, (port) => {
    line.send = (said) => {
      port.postMessage(said);
    };
    port.onmessage = ({ data }: MessageEvent<LineSaid>) => {
      if (typeof data === "number") line.onclose?.({ code: data });
      else if (data) line.onmessage?.({ data });
      else line.onopen?.();
    };
  });
  frame.style.display = "none";
  document.documentElement.append(frame);
  return line;
}
