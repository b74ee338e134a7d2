import { afterEach, expect, test } from "vitest";

import { Corner } from "./corner.ts";
import { make } from "./dom.ts";
import { textsFor } from "./texts/index.ts";

const english = textsFor("en");
let corner: Corner;

function show(direction = "ltr") {
  document.body.style.direction = direction;
  const button = make("button");
  corner = new Corner(button);
  corner.tell(english, "online", 0);
  corner.show();
  const host = document.querySelector("parley-chat");
  if (!host?.shadowRoot) throw new Error("Nothing was shown");
  return { button, host, root: host.shadowRoot };
}

afterEach(() => {
  corner.remove();
});

const textOf = (root: ShadowRoot, selector: string) => root.querySelector(selector)?.textContent;

test.each([
  ["online", "We are online"],
  ["busy", "We are busy: you can wait"],
  ["offline", "We are offline: leave a message"],
  [null, "Connecting"],
] as const)("when %s, the button keeps its name and the state stands beside it", (state, words) => {
  const { button, root } = show();
  corner.tell(english, state, 0);
  expect(button.getAttribute("aria-label")).toBe("Chat with us");
  const beside = root.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(beside?.textContent).toBe(words);
});

test.each([
  ["zh-CN", "在线咨询"],
  ["zh-TW", "線上諮詢"],
  ["fr", "Chat with us"],
])("in %s its name is %s", (language, name) => {
  const { button } = show();
  corner.tell(textsFor(language), "online", 0);
  expect(button.getAttribute("aria-label")).toBe(name);
});

test("new messages are counted on the button, and said", () => {
  const { root } = show();
  corner.tell(english, "online", 3);
  expect(textOf(root, ".count")).toBe("3");
  expect(textOf(root, "[role=status]")).toBe("New messages: 3");
  corner.tell(english, "online", 120);
  expect(textOf(root, ".count")).toBe("99+");
  corner.tell(english, "online", 0);
  expect(root.querySelector<HTMLElement>(".count")?.hidden).toBe(true);
  expect(textOf(root, "[role=status]")).toBe("");
});

test.each(["ltr", "rtl"])(
  "it stands at the end of the line on a page that reads %s",
  (direction) => {
    expect(show(direction).root.querySelector(".corner")?.getAttribute("dir")).toBe(direction);
  },
);

test("it is beside the body and sets no style attribute of its own", () => {
  const { host, root } = show();
  expect(host.parentNode).toBe(document.documentElement);
  expect(root.querySelectorAll("style, [style], script, link")).toHaveLength(0);
});
