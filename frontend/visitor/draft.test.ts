import { expect, test, vi } from "vitest";

import type { Deed } from "../loader/contract.ts";
import { change, draft, restore } from "./draft.ts";
import { leftFor, noteLeft } from "./OfflineForm.tsx";
import { takeBack } from "./refused.ts";
import { letter, say } from "./testing.tsx";

const wanted: Deed[] = [];
vi.mock("./link.ts", () => ({ want: (deed: Deed) => wanted.push(deed), isFramed: true }));

test("what was typed before is there again, and what is typed now is kept", () => {
  restore(JSON.stringify({ text: "half a", name: "Vera", email: "", leaving: "" }));
  expect(draft.value).toMatchObject({ text: "half a", name: "Vera", email: "" });
  expect(wanted).toEqual([]);
  change({ text: "half a sentence" });
  const value = JSON.stringify(draft.value);
  expect(wanted).toEqual([{ does: "keep", key: "draft", value }]);
});

test.each(["", "{", "null"])("a draft that reads '%s' is an empty one", (kept) => {
  restore(kept);
  expect(draft.value.text).toBe("");
});

test("words for which nobody was there any more go back into the box", () => {
  change({ text: "and red?" });
  say({ letters: [letter("Green?", "nobody_online")] });
  wanted.length = 0;
  takeBack();
  expect(draft.value.text).toBe("Green?\nand red?");
  expect(wanted).toContainEqual({ does: "drop", name: "name of Green?" });
});

test("the words of an offline message go once the server has them", () => {
  change({ text: "Green?", email: "vera@example.com", leaving: "m" });
  say({ left: [] });
  noteLeft();
  expect(draft.value.text).toBe("Green?");
  say({ left: ["m"] });
  noteLeft();
  expect(draft.value).toMatchObject({ text: "", leaving: "", email: "vera@example.com" });
  expect(leftFor.value).toBe("vera@example.com");
});
