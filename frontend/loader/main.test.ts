import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket, fakeStorage } from "../shared/connection/testing.ts";
import { greet, noteListeners } from "./testing.ts";

/* The script as a website runs it: each test is a page of its own. */

const ORIGIN = "https://chat.example";
let deafen: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("localStorage", fakeStorage());
  vi.stubGlobal("sessionStorage", fakeStorage());
  FakeSocket.all = [];
  deafen = noteListeners();
});

afterEach(() => {
  deafen();
  document.querySelectorAll("parley-chat, iframe, script, html > a").forEach((each) => {
    each.remove();
  });
  delete (window as { Parley?: object }).Parley;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function carry(company = "12345678", src = `${ORIGIN}/loader.js`): void {
  const script = document.createElement("script");
  script.dataset["company"] = company;
  script.src = src;
  document.head.append(script);
}

async function run(): Promise<void> {
  vi.resetModules();
  await import("./main.ts");
}

async function visit(): Promise<void> {
  carry();
  await run();
}

const hosts = () => [...document.querySelectorAll("parley-chat")];
const inside = (selector: string) => hosts()[0]?.shadowRoot?.querySelector<HTMLElement>(selector);
const button = () => {
  const found = inside("button");
  if (!found) throw new Error("There is no button");
  return found;
};
const link = () => document.querySelector<HTMLAnchorElement>("html > a");

interface Browser {
  name: string;
  agent: string;
  /** What that browser does not have and we have a way around. */
  lacks?: ("style sheets by script" | "randomUUID")[];
}
const IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS";
const KIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const old: Browser["lacks"] = ["style sheets by script", "randomUUID"];
const browsers: Browser[] = [
  {
    name: "Safari 15 on a Mac",
    agent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${KIT} Version/15.0 Safari/605.1.15`,
    lacks: old,
  },
  {
    name: "Safari 16 on an iPhone",
    agent: `${IOS} 16_0 like Mac OS X) ${KIT} Version/16.0 Mobile/15E148 Safari/604.1`,
    lacks: ["style sheets by script"],
  },
  {
    name: "Safari 17 on an iPhone",
    agent: `${IOS} 17_4 like Mac OS X) ${KIT} Version/17.4 Mobile/15E148 Safari/604.1`,
  },
  {
    name: "WeChat on an iPhone",
    agent: `${IOS} 15_1 like Mac OS X) ${KIT} Mobile/15E148 MicroMessenger/8.0.42(0x18002a2f) NetType/WIFI Language/zh_CN`,
    lacks: old,
  },
  {
    name: "WeChat on Android",
    agent:
      "Mozilla/5.0 (Linux; Android 13; V2148A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 NetType/4G Language/zh_CN",
  },
  {
    name: "WeChat on an older Android",
    agent:
      "Mozilla/5.0 (Linux; Android 10; HLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/91.0.4472.120 Mobile Safari/537.36 MMWEBSDK/20210902 MicroMessenger/8.0.15.2020(0x28000F30) NetType/WIFI Language/zh_CN",
    lacks: ["randomUUID"],
  },
];

function become({ agent, lacks = [] }: Browser): void {
  vi.stubGlobal("navigator", { userAgent: agent, language: "zh-CN" });
  if (lacks.includes("randomUUID"))
    vi.stubGlobal("crypto", {
      getRandomValues: <T extends Uint8Array>(bytes: T) => bytes.fill(7),
    });
  if (lacks.includes("style sheets by script"))
    vi.stubGlobal("CSSStyleSheet", function refuse() {
      throw new TypeError("Illegal constructor");
    });
}

test.each(browsers)(
  "in $name the button comes, opens the window and closes it",
  async (browser) => {
    become(browser);
    await visit();
    await greet();
    vi.advanceTimersByTime(1);
    expect(button().getAttribute("aria-label")).toBe("在线咨询");
    // The element is for browsers that make no style sheets by script.
    expect(!!inside("style")).toBe(!!browser.lacks?.includes("style sheets by script"));
    button().click();
    expect(inside("iframe")?.getAttribute("title")).toBe("对话");
    button().click();
    expect(button().getAttribute("aria-expanded")).toBe("false");
  },
);

test.each(["WebSocket", "MessageChannel"])(
  "in a browser without %s there is a link to the chat's own page instead",
  async (missing) => {
    vi.stubGlobal(missing, undefined);
    await visit();
    expect(hosts()).toEqual([]);
    expect(link()?.href).toBe(`${ORIGIN}/w/12345678/window/`);
    expect(link()?.textContent).toBe("Chat with us");
  },
);

test("one name is added to the website's page, and no other", async () => {
  const before = Object.keys(window);
  await visit();
  expect(Object.keys(window).filter((name) => !before.includes(name))).toEqual(["Parley"]);
});

test("included twice it is there once", async () => {
  carry();
  await visit();
  await run();
  await greet();
  vi.advanceTimersByTime(3_000);
  expect(hosts()).toHaveLength(1);
  expect(FakeSocket.all).toHaveLength(1);
});

test("an element of the website that has our name is no second snippet", async () => {
  const theirs = document.createElement("div");
  (window as unknown as { Parley: HTMLElement }).Parley = theirs;
  await visit();
  await greet();
  expect(FakeSocket.all).toHaveLength(1);
});

test("another's script with a company of its own is not taken for ours", async () => {
  carry("87654321", "https://reviews.example/widget.js");
  await visit();
  await greet();
  expect(FakeSocket.last.url).toBe("wss://chat.example/live/c/12345678/visitor");
});

test.each(["", "1234567", "123456789", "12345678/../", "acme"])(
  "with '%s' for a company nothing happens",
  async (company) => {
    carry(company);
    await run();
    expect(hosts()).toEqual([]);
    expect(FakeSocket.all).toEqual([]);
    expect(window).not.toHaveProperty("Parley");
  },
);

test("trouble of ours is a warning, never the website's error", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const trouble = new Error("no shadows here");
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(() => {
    throw trouble;
  });
  await expect(visit()).resolves.toBeUndefined();
  expect(warn).toHaveBeenCalledExactlyOnceWith("Parley", trouble);
});

test("where the browser forbids all storage the chat works for the page", async () => {
  for (const name of ["localStorage", "sessionStorage"] as const)
    vi.spyOn(window, name, "get").mockImplementation(() => {
      throw new DOMException("Forbidden", "SecurityError");
    });
  await visit();
  await greet();
  vi.advanceTimersByTime(1);
  button().click();
  expect(inside("iframe")).not.toBeNull();
});
