import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket, fakeStorage, settled } from "../shared/connection/testing.ts";
import { App } from "./app.ts";
import { answer, conversation, entry, greet, noteListeners } from "./testing.ts";

let deafen: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("localStorage", fakeStorage());
  vi.stubGlobal("sessionStorage", fakeStorage());
  FakeSocket.all = [];
  deafen = noteListeners();
});

afterEach(() => {
  leavePage();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The page goes, and with it all that listens. */
function leavePage(): void {
  dispatchEvent(new Event("pagehide"));
  deafen();
  vi.clearAllTimers();
  document.querySelectorAll("parley-chat, iframe").forEach((each) => {
    each.remove();
  });
}

const open = () => {
  new App("https://chat.example", "12345678").start();
};
async function visit(): Promise<FakeSocket> {
  open();
  const socket = await greet();
  await answer(socket, "conversation.current", { kind: "none" });
  vi.advanceTimersByTime(1);
  return socket;
}

const host = () => document.querySelector("parley-chat");
const inside = (selector: string) => host()?.shadowRoot?.querySelector<HTMLElement>(selector);
const button = () => {
  const found = inside("button");
  if (!found) throw new Error("There is no button");
  return found;
};
const isOpen = () => button().getAttribute("aria-expanded") === "true";
const line = () => document.querySelector<HTMLIFrameElement>("html > iframe");

test("the button comes with the greeting", async () => {
  open();
  await settled();
  vi.advanceTimersByTime(100);
  expect(host()).toBeNull();
  await greet();
  vi.advanceTimersByTime(1);
  expect(button().getAttribute("aria-label")).toBe("Chat with us");
});

test("when the greeting takes long the button comes without it", async () => {
  open();
  await settled();
  vi.advanceTimersByTime(2_499);
  expect(host()).toBeNull();
  vi.advanceTimersByTime(1);
  expect(inside(".state")?.textContent).toBe("Connecting");
});

test("before the visitor opens the window, there is none", async () => {
  await visit();
  expect(inside("iframe")).toBeNull();
  expect(line()).toBeNull();
  expect(FakeSocket.all).toHaveLength(1);
});

test("minimised the window stays as it is", async () => {
  await visit();
  button().click();
  const frame = inside("iframe");
  expect(frame?.getAttribute("src")).toBe("https://chat.example/w/12345678/window/");
  expect(frame?.getAttribute("title")).toBe("Chat");
  expect(isOpen()).toBe(true);
  button().click();
  expect(isOpen()).toBe(false);
  expect(inside(".corner")?.classList.contains("open")).toBe(false);
  button().click();
  expect(inside("iframe")).toBe(frame);
});

test("on the next page the window is open again, and takes no focus", async () => {
  await visit();
  button().click();
  leavePage();
  const field = document.createElement("input");
  document.body.append(field);
  field.focus();
  await visit();
  expect(isOpen()).toBe(true);
  expect(document.activeElement).toBe(field);
  field.remove();
});

test("a closed window is closed on the next page", async () => {
  await visit();
  button().click();
  button().click();
  leavePage();
  await visit();
  expect(isOpen()).toBe(false);
});

test("in a new tab the window of a conversation under way opens by itself", async () => {
  localStorage.setItem("parley:12345678:open", "1");
  const socket = await visit();
  expect(isOpen()).toBe(false);
  socket.says({ type: "conversation.begun", conversation_id: 7 });
  await answer(socket, "conversation.follow", {
    kind: "conversation",
    conversation: conversation(7, 1),
    entries: [entry(1, "requested")],
  });
  vi.advanceTimersByTime(1);
  expect(isOpen()).toBe(true);
});

test("what the agent says while the window is closed is counted on the button", async () => {
  const socket = await visit();
  socket.says({ type: "conversation.begun", conversation_id: 7 });
  await answer(socket, "conversation.follow", {
    kind: "conversation",
    conversation: conversation(7, 2),
    entries: [entry(1, "requested"), entry(2, "text", { side: "agent", text: "hi" })],
  });
  vi.advanceTimersByTime(1);
  expect(inside(".count")?.textContent).toBe("1");
  expect(button().getAttribute("aria-label")).toBe("Chat with us");
});

test("where the company does not want this website, everything of ours goes", async () => {
  open();
  await settled();
  vi.advanceTimersByTime(2_500);
  expect(host()).not.toBeNull();
  FakeSocket.last.says({ type: "refused", ref: 1, code: "origin_not_allowed", message: "No." });
  vi.advanceTimersByTime(100_000);
  expect(host()).toBeNull();
  expect(FakeSocket.all).toHaveLength(1);
});

function refuse(blockedURI: string, disposition = "enforce"): void {
  const violation = Object.assign(new Event("securitypolicyviolation"), {
    blockedURI,
    disposition,
  });
  document.dispatchEvent(violation);
}

test("where the website's policy refuses the socket, it goes through a frame of ours", async () => {
  open();
  await settled();
  refuse("wss://chat.example/live/c/12345678/visitor");
  await settled();
  expect(line()?.src).toBe("https://chat.example/w/12345678/line/#1");
  expect(FakeSocket.all).toHaveLength(1);
  leavePage();
  open();
  await settled();
  expect(line()).not.toBeNull();
  expect(FakeSocket.all).toHaveLength(1);
});

test.each([
  ["wss://chat.example", "report"],
  ["wss://other.example", "enforce"],
  ["https://chat.example/picture.png", "enforce"],
  ["inline", "enforce"],
])("a violation by %s (%s) is none of ours", async (blocked, disposition) => {
  open();
  await settled();
  refuse(blocked, disposition);
  await settled();
  expect(line()).toBeNull();
});

test("when WebSockets fail, a frame of ours is tried, which knows other ways; then a WebSocket again", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  open();
  for (const [pause, isLine] of [
    [1_000, false],
    [1_000, false],
    [1_000, true],
    [2_000, false],
    [4_000, false],
    [8_000, true],
  ] as const) {
    await settled();
    expect(!!line()).toBe(isLine);
    if (isLine) line()?.dispatchEvent(new Event("load"));
    else FakeSocket.last.breaks();
    vi.advanceTimersByTime(pause + (isLine ? 2_000 : 0));
  }
});

test("a page that goes closes its socket; kept for the back button, it opens another", async () => {
  const socket = await visit();
  dispatchEvent(new Event("pagehide"));
  expect(socket.isClosed).toBe(true);
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await settled();
  expect(FakeSocket.all).toHaveLength(2);
});

test("its language is the one the visitor picked, else the browser's", async () => {
  localStorage.setItem("parley:12345678:language", "zh-hant");
  await visit();
  expect(button().getAttribute("aria-label")).toBe("線上諮詢");
});

test("a link of the website's own opens the chat for its group", async () => {
  const socket = await visit();
  socket.says({ type: "availability.changed", availability: "online", groups: { 7: "busy" } });
  const link = document.body.appendChild(document.createElement("a"));
  link.href = "https://chat.example/w/12345678/window/?group=7";
  link.dataset["parleyGroup"] = "7";
  const inLink = link.appendChild(document.createElement("b"));
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  inLink.dispatchEvent(click);
  vi.advanceTimersByTime(1);
  expect([isOpen(), click.defaultPrevented]).toEqual([true, true]);
  expect(inside(".dot")?.dataset["state"]).toBe("busy");
  link.remove();
});
