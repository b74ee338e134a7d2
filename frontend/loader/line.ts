import type { Socket } from "../shared/connection/connection.ts";
import { onConnect } from "./channel.ts";
import { make } from "./dom.ts";

/**
 * What the page at the line's other end says: nothing when it is there and whenever its socket opens, frames
 * as they come, the code it ends with, and a word about what it has found out where no WebSocket gets through.
 */
export type LineSaid = string | number;

/** A page that has loaded and says nothing for so long is not ours. */
const PATIENCE = 2_000;

/**
 * A socket inside an iframe of ours. For websites whose Content-Security-Policy names our origin: by the letter
 * of the standard that allows scripts, frames and requests, but no WebSocket. And for networks that let none
 * through: the page there knows other ways. It can't always remember; `note` is given the word to remember.
 */
export function openLine(origin: string, address: string, note: (word: string) => void): Socket {
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
    const silence = setTimeout(() => line.onclose?.({ code: 1006 }), PATIENCE);
    port.onmessage = ({ data }: MessageEvent<LineSaid>) => {
      clearTimeout(silence);
      if (typeof data === "number") line.onclose?.({ code: data });
      else if (data.startsWith("{")) line.onmessage?.({ data });
      else if (data) note(data);
      else line.onopen?.();
    };
  });
  frame.style.display = "none";
  document.documentElement.append(frame);
  return line;
}
