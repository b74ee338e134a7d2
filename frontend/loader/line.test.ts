import { afterEach, expect, test, vi } from "vitest";

import { GREETING } from "./contract.ts";
import { openLine } from "./line.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Lays a line whose page is the test. */
function lay(note = vi.fn()) {
  const append = vi.spyOn(document.documentElement, "append").mockReturnValueOnce();
  const line = openLine("https://chat.example", "https://chat.example/w/12345678/line/", note);
  const frame = append.mock.lastCall?.[0] as HTMLIFrameElement;
  const post = vi.fn();
  Object.defineProperty(frame, "contentWindow", { value: { postMessage: post } });
  frame.onload?.(new Event("load"));
  const far = (post.mock.calls[0]?.[2] as MessagePort[])[0];
  if (!far) throw new Error("No port was handed over");
  return { line, frame, post, far };
}

const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

test("only our own origin is handed an end of the line", () => {
  const { frame, post } = lay();
  expect(post.mock.calls[0]?.slice(0, 2)).toEqual([GREETING, "https://chat.example"]);
  expect(frame.src).toBe("https://chat.example/w/12345678/line/");
  expect(frame.style.display).toBe("none");
});

test("closing it takes the frame away, and the socket in it", () => {
  const { line, frame } = lay();
  const remove = vi.spyOn(frame, "remove");
  line.close();
  expect(remove).toHaveBeenCalledOnce();
});

test("it behaves as a socket does", async () => {
  const { line, far } = lay();
  const said: unknown[] = [];
  line.onopen = () => said.push("open");
  line.onmessage = ({ data }) => said.push(data);
  line.onclose = ({ code }) => said.push(code);
  far.postMessage("");
  far.postMessage("{}");
  far.postMessage(4001);
  await arrived();
  expect(said).toEqual(["open", "{}", 4001]);
  const heard = vi.fn();
  far.onmessage = ({ data }: MessageEvent<string>) => {
    heard(data);
  };
  line.send("frame");
  await arrived();
  expect(heard).toHaveBeenCalledWith("frame");
});

test("a frame that loads and says nothing is no line", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { line } = lay();
  const closed = vi.fn();
  line.onclose = closed;
  vi.advanceTimersByTime(1_999);
  expect(closed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(closed).toHaveBeenCalledWith({ code: 1006 });
});

test("a page that is there may take its time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { line, far } = lay();
  const closed = vi.fn();
  line.onclose = closed;
  const opened = new Promise<void>((resolve) => {
    line.onopen = resolve;
  });
  far.postMessage("");
  await opened;
  vi.advanceTimersByTime(60_000);
  expect(closed).not.toHaveBeenCalled();
});

test("it hands on what the page wants to be remembered", async () => {
  const note = vi.fn();
  const { far } = lay(note);
  far.postMessage("poll:1700000000000");
  await arrived();
  expect(note).toHaveBeenCalledExactlyOnceWith("poll:1700000000000");
});
