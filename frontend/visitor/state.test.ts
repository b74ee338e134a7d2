import { expect, test } from "vitest";

import { entry } from "../loader/testing.ts";
import { conversation, entries, letters, offlineLetter, view } from "./state.ts";
import { letter, say, talk } from "./testing.tsx";

const [one, two, three] = [entry(1, "requested"), entry(2, "text"), entry(3, "text")];

test("the log grows by what is new in it", () => {
  say({ conversation: talk([one, two]) });
  say({ conversation: talk([three], "active", 2) });
  expect(entries.value).toEqual([one, two, three]);
});

test("another conversation takes the place of the old one", () => {
  say({ conversation: talk([one, two]) });
  say({ conversation: { ...talk([one]), id: 8 } });
  expect(entries.value).toEqual([one]);
  expect(conversation.value?.id).toBe(8);
  say({});
  expect(entries.value).toEqual([]);
});

test.each([
  ["talk", { availability: "online" }],
  ["talk", { availability: "busy" }],
  ["offline", { availability: "offline" }],
  ["connecting", { availability: null }],
  ["talk", { availability: "offline", letters: [letter("hello")] }],
  ["talk", { availability: "offline", conversation: talk([one], "waiting") }],
  ["ended", { availability: "offline", conversation: talk([one], "ended") }],
] as const)("it shows its face '%s' for %o", (face, shown) => {
  say(shown);
  expect(view.value).toBe(face);
});

test("an offline message on its way is no part of the conversation", () => {
  const left = {
    command: { type: "offline_message.leave", client_id: "m", text: "Green?", page: { url: "" } },
    at: 1,
  } as const;
  say({ letters: [left, letter("hello")] });
  expect(letters.value.map(({ command }) => command.text)).toEqual(["hello"]);
  expect(offlineLetter.value?.command.text).toBe("Green?");
});
