import { beforeEach, expect, test, vi } from "vitest";

import type { Result } from "../protocol.ts";
import { Lost, Refusal } from "./errors.ts";
import { Outbox } from "./outbox.ts";
import { Store } from "./store.ts";
import { fakeStorage, settled } from "./testing.ts";

interface Say {
  type: "message.send";
  conversation_id: number;
  client_id: string;
  text: string;
}

type Answer = () => Promise<Result | null>;
const yes: Answer = () => Promise.resolve(null);
const lost: Answer = () => Promise.reject(new Lost());
const refuse =
  (retry_after?: number): Answer =>
  () =>
    Promise.reject(
      new Refusal({ code: "no", message: "No.", field: "text", retry_after: retry_after ?? null }),
    );

let storage: Storage;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  storage = fakeStorage();
});

/** A tab with its own outbox; what it sends is answered by `answer`. */
function openTab(answer: Answer = lost, from = storage) {
  const tab = {
    answer,
    asked: [] as string[],
    arrived: [] as string[],
    outbox: null as unknown as Outbox<Say>,
  };
  tab.outbox = new Outbox<Say>({
    store: new Store(from, "out:"),
    queueOf: ({ conversation_id }) => String(conversation_id),
    send: ({ text }) => {
      tab.asked.push(text);
      return tab.answer();
    },
    sent: ({ command }) => tab.arrived.push(command.text),
    changed: () => undefined,
  });
  return tab;
}

const say = (text: string, conversation_id = 1): Say => ({
  type: "message.send",
  conversation_id,
  client_id: `name of ${text}`,
  text,
});
const texts = (outbox: Outbox<Say>) => outbox.all().map(({ command }) => command.text);
const kept = () => Object.keys(storage).filter((key) => key.startsWith("out:"));

test("a letter is gone once the server has it", async () => {
  const tab = openTab(yes);
  tab.outbox.add(say("a"));
  expect(texts(tab.outbox)).toEqual(["a"]);
  await settled();
  expect(tab.arrived).toEqual(["a"]);
  expect(texts(tab.outbox)).toEqual([]);
  expect(kept()).toEqual([]);
});

test("letters of one conversation go one after the other, in the order they were written", async () => {
  const answers: ((result: null) => void)[] = [];
  const tab = openTab(() => new Promise((resolve) => answers.push(resolve)));
  ["a", "b", "c"].forEach((text) => {
    tab.outbox.add(say(text));
  });
  tab.outbox.add(say("other", 2));
  expect(tab.asked).toEqual(["a", "other"]);
  answers[0]?.(null);
  await settled();
  expect(tab.asked).toEqual(["a", "other", "b"]);
});

test("what was lost is sent again under the same name when the connection is back", async () => {
  const tab = openTab();
  tab.outbox.add(say("a"));
  tab.outbox.add(say("b"));
  await settled();
  tab.answer = yes;
  tab.outbox.flush();
  await settled();
  expect(tab.asked).toEqual(["a", "a", "b"]);
  expect(tab.arrived).toEqual(["a", "b"]);
});

test("letters survive a reload, in order", async () => {
  const before = openTab();
  ["a", "b", "c"].forEach((text) => {
    before.outbox.add(say(text));
  });
  await settled();
  const after = openTab(yes);
  expect(texts(after.outbox)).toEqual(["a", "b", "c"]);
  after.outbox.flush();
  await settled();
  expect(after.arrived).toEqual(["a", "b", "c"]);
  expect(kept()).toEqual([]);
});

test("a refused letter stays, with the reason, and the next one goes on", async () => {
  const tab = openTab(refuse());
  tab.outbox.add(say("a"));
  tab.answer = yes;
  tab.outbox.add(say("b"));
  await settled();
  expect(tab.arrived).toEqual(["b"]);
  expect(tab.outbox.all()).toMatchObject([
    { command: { text: "a" }, failure: { code: "no", message: "No.", field: "text" } },
  ]);
  expect(openTab().outbox.all()).toMatchObject([{ failure: { code: "no" } }]);
});

test("a refused letter is sent again only when somebody says so", async () => {
  const tab = openTab(refuse());
  tab.outbox.add(say("a"));
  await settled();
  tab.answer = yes;
  tab.outbox.flush();
  await settled();
  expect(tab.asked).toEqual(["a"]);
  tab.outbox.add(say("a"));
  await settled();
  expect(tab.arrived).toEqual(["a"]);
  expect(texts(tab.outbox)).toEqual([]);
});

test("a letter that is to be sent later waits that long, and so do those behind it", async () => {
  const tab = openTab(refuse(3));
  tab.outbox.add(say("a"));
  await settled();
  tab.answer = yes;
  tab.outbox.add(say("b"));
  await settled();
  expect(tab.asked).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(tab.arrived).toEqual(["a", "b"]);
});

test("without storage letters live as long as the page", async () => {
  const tab = openTab(lost, null as unknown as Storage);
  tab.outbox.add(say("a"));
  await settled();
  tab.answer = yes;
  tab.outbox.flush();
  await settled();
  expect(tab.arrived).toEqual(["a"]);
});

test("two tabs that write at once lose neither's letter", async () => {
  const [one, two] = [openTab(), openTab()];
  one.outbox.add(say("a"));
  two.outbox.add(say("b"));
  await settled();
  expect(texts(openTab().outbox).sort()).toEqual(["a", "b"]);
});

test("a letter whose tab is gone is sent by another tab", async () => {
  const stays = openTab(yes);
  openTab().outbox.add(say("a"));
  stays.outbox.flush();
  await settled();
  expect(stays.asked).toEqual([]);
  vi.advanceTimersByTime(10_000);
  stays.outbox.flush();
  await settled();
  expect(stays.arrived).toEqual(["a"]);
  expect(kept()).toEqual([]);
});

test("a letter that another tab got through with is not sent again", async () => {
  const writer = openTab();
  writer.outbox.add(say("a"));
  await settled();
  const other = openTab(yes);
  writer.answer = yes;
  writer.outbox.flush();
  await settled();
  other.outbox.flush();
  expect(other.asked).toEqual([]);
  expect(texts(other.outbox)).toEqual([]);
});

test("a refusal never brings back a letter that another tab got through with", async () => {
  const writer = openTab();
  writer.outbox.add(say("a"));
  await settled();
  let answer: (refusal: Error) => void = () => undefined;
  const other = openTab(
    () =>
      new Promise((_, reject) => {
        answer = reject;
      }),
  );
  other.outbox.flush();
  writer.answer = yes;
  writer.outbox.flush();
  await settled();
  answer(new Refusal({ code: "conversation_ended", message: "Ended." }));
  await settled();
  expect(kept()).toEqual([]);
});

test("a website that clears the storage does not make a waiting letter vanish", async () => {
  const tab = openTab();
  tab.outbox.add(say("a"));
  await settled();
  kept().forEach((key) => {
    storage.removeItem(key);
  });
  tab.answer = yes;
  tab.outbox.flush();
  await settled();
  expect(tab.arrived).toEqual(["a"]);
});

test("what others wrote under the prefix is passed over", () => {
  storage.setItem("out:odd", "{");
  expect(openTab().outbox.all()).toEqual([]);
});

test("letters written within one millisecond keep their order over a reload", () => {
  const tab = openTab();
  for (let at = 0; at < 20; at++) tab.outbox.add(say(`${at}`));
  expect(texts(openTab().outbox)).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
});

test("a clock that is set back an hour keeps the order, and holds nothing up", async () => {
  const tab = openTab(refuse(2));
  tab.outbox.add(say("a"));
  await settled();
  vi.setSystemTime(1_000_000 - 3_600_000);
  tab.outbox.add(say("b"));
  expect(texts(tab.outbox)).toEqual(["a", "b"]);
  tab.answer = yes;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tab.arrived).toEqual(["a", "b"]);
});

test("a letter of a tab that is gone is taken over, though the clock was set back", async () => {
  const tab = openTab(yes);
  openTab(lost).outbox.add(say("a"));
  vi.setSystemTime(1_000_000 - 3_600_000);
  tab.outbox.flush();
  await settled();
  expect(tab.arrived).toEqual(["a"]);
});
