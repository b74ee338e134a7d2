import { afterEach, expect, test, vi } from "vitest";

import type { Deed, Said, Shown } from "./contract.ts";
import { GREETING } from "./contract.ts";
import { Frame } from "./frame.ts";
import { entry } from "./testing.ts";

const ports: FakePort[] = [];

/** A port whose other end is the test. */
class FakePort {
  readonly said: Said[] = [];
  onmessage: ((event: { data: Deed }) => void) | null = null;

  constructor() {
    ports.push(this);
  }

  postMessage(said: Said): void {
    this.said.push(said);
  }
}

class FakeChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
}

afterEach(() => {
  vi.unstubAllGlobals();
  ports.length = 0;
});

function make() {
  vi.stubGlobal("MessageChannel", FakeChannel);
  const [ready, wanted, post] = [vi.fn(), vi.fn(), vi.fn()];
  const frame = new Frame("https://chat.example", "about:blank", "Chat", ready, wanted);
  Object.defineProperty(frame.element, "contentWindow", { value: { postMessage: post } });
  const load = () => {
    frame.element.onload?.(new Event("load"));
    return ports[ports.length - 2] as FakePort;
  };
  return { frame, ready, wanted, post, load };
}

const shown = (id: number, count: number): Shown =>
  ({
    connection: { phase: "open", attempt: 0, retryAt: 0 },
    conversation: { id, entries: Array.from({ length: count }, (_, at) => entry(at + 1, "text")) },
  }) as unknown as Shown;

/** From which place on entries were said, and how many. */
const saidOf = (port: FakePort) =>
  port.said.map((said) => {
    const conversation = "shown" in said ? said.shown.conversation : null;
    return conversation && [conversation.from, conversation.entries.length];
  });

test("it is an iframe named Chat, and says nothing before its page is there", () => {
  const { frame, ready } = make();
  expect(frame.element.title).toBe("Chat");
  frame.say({ isOpen: true });
  frame.show(shown(7, 1));
  expect(ready).not.toHaveBeenCalled();
  expect(ports).toEqual([]);
});

test("only a page of our origin is handed the other end", () => {
  const { post, load, ready } = make();
  load();
  expect(post).toHaveBeenCalledExactlyOnceWith(GREETING, "https://chat.example", [ports[1]]);
  expect(ready).toHaveBeenCalledOnce();
});

test("what the window wants is handed on", () => {
  const { load, wanted } = make();
  load().onmessage?.({ data: { does: "end" } });
  expect(wanted).toHaveBeenCalledExactlyOnceWith({ does: "end" });
});

test("of the log only what is new is said", () => {
  const { frame, load } = make();
  const port = load();
  frame.show(shown(7, 2));
  frame.show(shown(7, 2));
  frame.show(shown(7, 5));
  expect(saidOf(port)).toEqual([
    [0, 2],
    [2, 0],
    [2, 3],
  ]);
});

test("another conversation is said from its beginning, and so is the same after none", () => {
  const { frame, load } = make();
  const port = load();
  frame.show(shown(7, 2));
  frame.show(shown(8, 1));
  frame.show({ ...shown(8, 0), conversation: null });
  frame.show(shown(8, 1));
  expect(saidOf(port)).toEqual([[0, 2], [0, 1], null, [0, 1]]);
});

test("a window that loads itself again is told everything again", () => {
  const { frame, load } = make();
  load();
  frame.show(shown(7, 2));
  const second = load();
  frame.show(shown(7, 2));
  expect(saidOf(second)).toEqual([[0, 2]]);
});
