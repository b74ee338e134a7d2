import { GREETING } from "../loader/contract.ts";
import type { LineSaid } from "../loader/line.ts";
import { Dialer } from "../shared/connection/dialer.ts";
import { storageOf, Store } from "../shared/connection/store.ts";

/* The other end of a loader's line: it passes frames on, whichever way gets through. */

const { path = "" } = document.documentElement.dataset;
const dialer = new Dialer(new Store(storageOf("sessionStorage"), "parley:line:"));
// Inside a website's page most browsers let us keep nothing; the loader does.
dialer.memory.note ||= location.hash.slice(1);

addEventListener("message", ({ data, source, ports: [port] }: MessageEvent<unknown>) => {
  if (data !== GREETING || source !== window.parent || !port) return;
  const say = (said: LineSaid) => {
    port.postMessage(said);
  };
  // We are here. What the loader answers to that is dropped: it says it again when the socket opens. On a busy
  // page the first answer may come after that, and a session that is opened twice is refused.
  let answers = 0;
  say("");
  const socket = dialer.dial(location.origin.replace(/^http/, "ws") + path);
  socket.onopen = () => {
    say("");
  };
  socket.onmessage = (event) => {
    say(event.data);
    tellNote();
  };
  socket.onclose = ({ code }) => {
    say(code);
  };
  port.onmessage = (event: MessageEvent<string>) => {
    if (answers++) socket.send(event.data);
  };
  addEventListener("pagehide", () => {
    socket.close();
  });

  let told = "";
  function tellNote(): void {
    const { note } = dialer.memory;
    if (note && note !== told) say(note);
    told = note;
  }
});
