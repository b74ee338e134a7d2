import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test } from "vitest";

import type { Entry, Marks } from "../../shared/protocol.ts";
import { makeEntry, makeOwn } from "../testing/make.ts";
import { itemsOf } from "./grouping.ts";
import { LogItem } from "./LogItem.tsx";

const NONE = { visitor_delivered: 0, visitor_read: 0, agent_delivered: 0, agent_read: 0 };
const conversation = makeOwn({ visitor_name: "Vera" });
const mine = { side: "agent", agent_id: 2, author: "Bob" } as const;
const carols = { side: "agent", agent_id: 3, author: "Carol" } as const;

async function draw(entries: Entry[], marks: Required<Marks> = NONE): Promise<string> {
  const items = itemsOf(entries, { timeZone: "UTC", news: { after: 9, upTo: 9 } });
  await act(() => {
    render(
      items.map((item) => (
        <LogItem key={item.key} item={item} conversation={conversation} marks={marks} />
      )),
      document.body,
    );
  });
  return document.body.textContent;
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

beforeEach(() => {
  render(null, document.body);
});

test.each([
  ["Vera asked for a chat", { kind: "requested" }],
  ["You joined", { kind: "accepted", ...mine }],
  ["Carol joined", { kind: "accepted", ...carols }],
  ["Vera ended the chat", { kind: "ended" }],
  ["You ended the chat", { kind: "ended", ...mine }],
  ["Carol ended the chat", { kind: "ended", ...carols }],
  ["The chat ended", { kind: "ended", side: "system" }],
] as const)("%s", async (words, facts) => {
  expect(await draw([makeEntry(1, facts)])).toContain(words);
});

test.each([
  ["Sent", NONE],
  ["Delivered", { ...NONE, visitor_delivered: 4 }],
  ["Read", { ...NONE, visitor_delivered: 7, visitor_read: 4 }],
])("one's own words are marked %s", async (word, marks) => {
  await draw([makeEntry(4, mine)], marks);
  expect(find(".message-mark")?.textContent).toBe(word);
});

test("the mark tells up to where both sides are in step", async () => {
  await draw([makeEntry(4, mine)], { ...NONE, visitor_delivered: 128 });
  expect(find(".message-mark")?.title).toBe("Delivered\nIn step up to 128");
});

test("a visitor's words carry no mark, a colleague's stand with the name", async () => {
  await draw([makeEntry(1)]);
  expect(find(".message-mark")).toBeNull();
  expect(await draw([makeEntry(1, carols)])).toContain("Carol");
});

test("what visitors write is text, only web addresses become links", async () => {
  const text = "<img src=x onerror=alert(1)> javascript:alert(1) (https://acme.example/a?b=c).";
  const words = await draw([makeEntry(1, { text })]);
  expect(words).toContain(text);
  expect(find("img")).toBeNull();
  const links = [...document.querySelectorAll("a")];
  expect(links.map((each) => each.getAttribute("href"))).toEqual(["https://acme.example/a?b=c"]);
  expect(links[0]?.rel).toContain("noopener");
});
