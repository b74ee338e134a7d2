import { beforeAll, beforeEach, expect, test, vi } from "vitest";

import type { Deed } from "../loader/contract.ts";
import { entry } from "../loader/testing.ts";
import { change, draft } from "./draft.ts";
import { speak } from "./language.ts";
import { connected, draw, drawn, letter, press, say, talk, type } from "./testing.tsx";
import { Window } from "./Window.tsx";

const wanted: Deed[] = [];
vi.mock("./link.ts", () => ({ want: (deed: Deed) => wanted.push(deed), isFramed: true }));

const log = [
  entry(1, "requested"),
  entry(2, "text", { text: "hello" }),
  entry(3, "accepted", { side: "agent", author: "Bob" }),
  entry(4, "text", { side: "agent", author: "Bob", text: "see https://x.example" }),
];

let place: HTMLElement;
const one = (selector: string) => place.querySelector<HTMLElement>(selector);
const words = (selector: string) => one(selector)?.textContent ?? "";

beforeAll(() => speak("en"));
beforeEach(() => {
  wanted.length = 0;
  change({ text: "", name: "", email: "", leaving: "" });
  say({});
  place = draw(<Window company="Acme" pictures="/c/1/pictures/" />);
});

test("what was said stands in a log, links live and safe", async () => {
  say({ conversation: talk(log) });
  await drawn();
  expect(words("[role=log]")).toContain("Bob joined");
  const link = one("a");
  expect(link?.getAttribute("href")).toBe("https://x.example");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer nofollow");
});

test("the picture of whoever accepted last stands in the header", async () => {
  const bob = entry(3, "accepted", { side: "agent", author: "Bob", picture: "abc" });
  say({ conversation: talk([...log.slice(0, 2), bob]) });
  await drawn();
  expect(one(".header img")?.getAttribute("src")).toBe("/c/1/pictures/abc-64.webp");
  const carol = entry(4, "accepted", { side: "agent", author: "Carol" });
  say({ conversation: talk([...log.slice(0, 2), bob, carol]) });
  await drawn();
  expect(one(".header img")).toBeNull();
});

test("markup stays text", async () => {
  say({ conversation: talk([entry(1, "text", { text: "<img src=x onerror=alert(1)>" })]) });
  await drawn();
  expect(one("[role=log] img:not([role])")).toBeNull();
  expect(words("[role=log]")).toContain("<img src=x");
});

test.each([
  [{}, "Sent"],
  [{ agent_delivered: 2 }, "Delivered"],
  [{ agent_delivered: 2, agent_read: 2 }, "Read"],
])("with marks %o the visitor's own words are %s", async (marks, name) => {
  say({ conversation: { ...talk(log), marks } });
  await drawn();
  const mark = one("[role=img]");
  expect(mark?.getAttribute("aria-label")).toBe(name);
  expect(mark?.title).toBe(`${name}, in step up to 4`);
});

test("Send says what was typed, once, and empties the box", async () => {
  type(one("textarea[aria-label=Message]"), "  hello  ");
  await drawn();
  press(place, "Send");
  await drawn();
  expect(wanted).toMatchObject([{ does: "say", text: "hello" }]);
  expect(draft.value.text).toBe("");
  press(place, "Send");
  expect(wanted).toHaveLength(1);
});

test.each([
  ["Enter", { key: "Enter" }, 1],
  ["Shift and Enter", { key: "Enter", shiftKey: true }, 0],
  ["Enter that ends a Chinese word", { key: "Enter", isComposing: true }, 0],
  ["Enter that ends a Chinese word in Safari", { key: "Enter", keyCode: 229 }, 0],
])("%s sends %o so many times: %i", async (_, key, times) => {
  type(one("textarea"), "hello");
  await drawn();
  one("textarea")?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...key }));
  expect(wanted).toHaveLength(times);
});

test("what is too long is not sent, and it says by how much", async () => {
  type(one("textarea"), "x".repeat(4_003));
  await drawn();
  press(place, "Send");
  expect(wanted).toEqual([]);
  expect(words("#excess")).toBe("Too long by 3 characters");
});

test("words on their way are shown as such, refused ones with the reason and what to do", async () => {
  say({ letters: [letter("one"), letter("two", "text_empty")] });
  await drawn();
  const marks = [...place.querySelectorAll("[role=img]")].map((mark) =>
    mark.getAttribute("aria-label"),
  );
  expect(marks).toEqual(["On its way", "Not sent"]);
  expect(words(".failure")).toContain("It is text_empty.");
  press(place, "Send again");
  press(place, "Discard");
  expect(wanted).toEqual([
    { does: "say", name: "name of two", text: "two" },
    { does: "drop", name: "name of two" },
  ]);
});

test("whose agent is lost reads it, and that the place in line is kept", async () => {
  const lost = { number: 3, kind: "returned", side: "system", at: 3_000, author: "Bob" } as const;
  say({ conversation: talk([...log.slice(0, 2), lost], "waiting") });
  await drawn();
  expect(place.textContent).toContain(
    "Bob's connection was lost; you are back in line at your place",
  );
  expect(words(".waiting")).toBe("Waiting for somebody to answer …");
});

test("until somebody answers it says that one waits", async () => {
  say({ conversation: talk(log.slice(0, 2), "waiting") });
  await drawn();
  expect(words(".waiting")).toBe("Waiting for somebody to answer …");
  say({ conversation: talk(log) });
  await drawn();
  expect(one(".waiting")).toBeNull();
  expect(words(".header-state")).toBe("Bob is talking with you");
});

test("ending is one press", async () => {
  say({ conversation: talk(log) });
  await drawn();
  press(place, "End chat");
  expect(wanted).toEqual([{ does: "end" }]);
});

test("Escape only minimises", async () => {
  say({ conversation: talk(log) });
  await drawn();
  one("header")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(wanted).toEqual([{ does: "minimise" }]);
});

test.each([
  ["visitor", "You ended the chat"],
  ["agent", "Bob ended the chat"],
  ["system", "The chat has ended"],
] as const)("ended by the %s: it says so, and a new one can be started", async (side, ending) => {
  const ended = entry(5, "ended", { side, ...(side === "agent" && { author: "Bob" }) });
  say({ conversation: talk([...log, ended], "ended") });
  await drawn();
  expect(words("[role=log]")).toContain(ending);
  expect(one("textarea")).toBeNull();
  press(place, "Start a new chat");
  expect(wanted).toEqual([{ does: "begin" }]);
});

test("a lost connection is told with the time and the count", async () => {
  say({ connection: { phase: "waiting", attempt: 3, retryAt: Date.now() + 1_800 } });
  await drawn();
  expect(words(".connection")).toContain("trying again in 2 s, attempt 3");
  expect(words(".connection [role=status]")).toBe("Connection lost");
  press(place, "Try now");
  expect(wanted).toEqual([{ does: "retry" }]);
  say({ connection: connected });
  await drawn();
  expect(words(".connection")).toBe("");
});

test("with nobody online words are left in a form, and what was typed is the same", async () => {
  type(one("textarea"), "Green?");
  say({ availability: "offline" });
  await drawn();
  expect(words(".header-state")).toContain("Nobody is here now");
  expect(one("textarea")).toMatchObject({ value: "Green?" });
  type(one("#name"), "Vera");
  press(place, "Send");
  expect(wanted).toMatchObject([{ does: "leave", message: { text: "Green?", name: "Vera" } }]);
  await drawn();
  expect(words("form button")).toBe("Sending …");
});

test("an empty message is not left", async () => {
  say({ availability: "offline" });
  await drawn();
  press(place, "Send");
  await drawn();
  expect(wanted).toEqual([]);
  expect(words("#text-trouble")).toBe("Write something first.");
  expect(one("#text")?.getAttribute("aria-invalid")).toBe("true");
});

test("a refusal stands beside its field, and sending again keeps the name", async () => {
  change({ text: "Green?", email: "vera@", leaving: "m" });
  const command = {
    type: "offline_message.leave",
    client_id: "m",
    text: "Green?",
    page: { url: "" },
  } as const;
  const failure = { code: "email_invalid", message: "No address.", field: "email" };
  say({ availability: "offline", letters: [{ command, at: 1, failure }] });
  await drawn();
  expect(words("#email-trouble")).toBe("No address.");
  press(place, "Send");
  expect(wanted).toMatchObject([{ does: "leave", message: { client_id: "m", text: "Green?" } }]);
});

test("the language is chosen among their own names, and kept", async () => {
  const picker = one("select");
  if (!(picker instanceof HTMLSelectElement)) throw new Error("There is no picker");
  expect([...picker.options].map(({ text }) => text)).toEqual(["English", "简体中文", "繁體中文"]);
  picker.value = "zh-hant";
  picker.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => {
    expect(one("textarea")?.getAttribute("aria-label")).toBe("訊息");
  });
  expect(wanted).toEqual([{ does: "keep", key: "language", value: "zh-hant" }]);
  await speak("en");
});
