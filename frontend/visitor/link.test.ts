import { expect, test, vi } from "vitest";

import { GREETING } from "../loader/contract.ts";
import { draw } from "./testing.tsx";

const around = { postMessage: vi.fn() };
vi.stubGlobal("parent", around);
const { connect, want } = await import("./link.ts");

const kept = { draft: "half a", language: "zh-hans" };
const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

interface Greeting {
  data?: unknown;
  origin?: string;
  source?: unknown;
}

/** A message from outside, with a port; answers what came of it. */
async function meet({
  data = GREETING,
  origin = "https://shop.example",
  source = around,
}: Greeting) {
  const started = vi.fn();
  connect({ company: "12345678", sites: ["https://shop.example"] }, started);
  const { port1, port2 } = new MessageChannel();
  const heard = vi.fn();
  port1.onmessage = ({ data: deed }: MessageEvent<unknown>) => {
    heard(deed);
  };
  const event = new Event("message");
  Object.assign(event, { data, origin, source, ports: [port2] });
  dispatchEvent(event);
  port1.postMessage({ kept, isOpen: true });
  await arrived();
  want({ does: "begin" });
  await arrived();
  return { started, heard };
}

test("the page around hands over a port, and both talk over it", async () => {
  draw(null);
  const { started, heard } = await meet({});
  expect(started).toHaveBeenCalledExactlyOnceWith(kept);
  expect(heard).toHaveBeenCalledExactlyOnceWith({ does: "begin" });
});

test.each([
  ["another website", { origin: "https://evil.example" }],
  ["another window", { source: {} }],
  ["somebody who does not know the word", { data: "hello" }],
])("a port from %s is not taken", async (_, greeting) => {
  const { started, heard } = await meet(greeting);
  expect(started).not.toHaveBeenCalled();
  expect(heard).not.toHaveBeenCalled();
});
