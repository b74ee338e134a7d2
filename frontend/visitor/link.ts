import { batch } from "@preact/signals";

import { type Deed, GREETING, type Kept, type Said } from "../loader/contract.ts";
import { isUnreachable, take } from "./state.ts";

let carryOut: (deed: Deed) => void = () => undefined;

/** Asks the loader, or without one our own session, to do something. */
export const want = (deed: Deed): void => {
  carryOut(deed);
};

export const isFramed = window.parent !== window;

export interface Place {
  company: string;
  /** Websites that may carry the chat; none means any. */
  sites: string[];
}

/** Begins to hear what there is to show; `start` is told once what was kept from before. */
export function connect(place: Place, start: (kept: Kept) => void): void {
  if (isFramed) connectFramed(place, start);
  else void connectAlone(place, start);
}

function connectFramed({ sites }: Place, start: (kept: Kept) => void): void {
  addEventListener("message", ({ data, source, origin, ports: [port] }: MessageEvent<unknown>) => {
    const isWelcome = !sites.length || sites.includes(origin);
    if (data !== GREETING || source !== window.parent || !isWelcome || !port) return;
    carryOut = (deed) => {
      port.postMessage(deed);
    };
    port.onmessage = (event: MessageEvent<Said>) => {
      hear(event.data, start);
    };
  });
}

function hear(said: Said, start: (kept: Kept) => void): void {
  batch(() => {
    take(said);
  });
  if ("kept" in said) start(said.kept);
}

/** Opened by itself, the window has a session of its own. */
async function connectAlone({ company }: Place, start: (kept: Kept) => void): Promise<void> {
  const { Alone } = await import("./alone.ts");
  const alone = new Alone(company, {
    said: (said) => {
      hear(said, start);
    },
    unwelcome: () => {
      isUnreachable.value = true;
    },
  });
  carryOut = (deed) => {
    alone.carryOut(deed);
  };
  alone.start();
}
