import "../testing/page.ts";

import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";

import * as boards from "../model/board.ts";
import type { Known } from "../model/conversations.ts";
import { unknown } from "../model/workspace.ts";
import { workspace } from "../store/state.ts";
import { BOB, makeConversation, makeVisitor } from "../testing/make.ts";
import { WaitingItem } from "./WaitingItem.tsx";

async function words(facts: Partial<Known>, left_at: number | null = null) {
  const conversation: Known = { ...makeConversation(), ...facts };
  const visitors = [makeVisitor(conversation.visitor, { left_at })];
  const board = boards.opened({ kind: "board", version: 1, visitors });
  await act(() => {
    workspace.value = { ...unknown, me: BOB, board };
    render(<WaitingItem conversation={conversation} />, document.body);
  });
  return [...document.querySelectorAll(".lists-words")].map((each) => each.textContent);
}

test("a new request shows what was said", async () => {
  expect(await words({})).toEqual(["Hello"]);
});

test("one that has come back says from whom, and that the visitor has left", async () => {
  expect(await words({ returned_from: "Bob" })).toEqual(["returned from Bob", "Hello"]);
  expect(await words({ returned_from: "Bob" }, 2_000)).toEqual([
    "returned from Bob · Left the site",
    "Hello",
  ]);
});
