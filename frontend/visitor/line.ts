import { GREETING } from "../loader/contract.ts";

/* The other end of a loader's line: all it does is pass frames on. */

const { path = "" } = document.documentElement.dataset;

addEventListener("message", ({ data, source, ports: [port] }: MessageEvent<unknown>) => {
  if (data !== GREETING || source !== window.parent || !port) return;
  const socket = new WebSocket(location.origin.replace(/^http/, "ws") + path);
  socket.onopen = () => {
    port.postMessage("");
  };
  socket.onmessage = (event: MessageEvent<string>) => {
    port.postMessage(event.data);
  };
  socket.onclose = ({ code }) => {
    port.postMessage(code);
  };
  port.onmessage = (event: MessageEvent<string>) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(event.data);
  };
});
