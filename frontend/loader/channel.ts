import { GREETING } from "./contract.ts";

/** Hands each page that the iframe shows one end of a channel; the browser does so only for our own origin. */
export function onConnect(
  frame: HTMLIFrameElement,
  origin: string,
  connected: (port: MessagePort) => void,
): void {
  frame.onload = () => {
    const { port1, port2 } = new MessageChannel();
    connected(port1);
    frame.contentWindow?.postMessage(GREETING, origin, [port2]);
  };
}
