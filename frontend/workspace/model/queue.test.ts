import { expect, test } from "vitest";

import type { BoardChanged, BoardVisitor, Conversation } from "../../shared/protocol.ts";
import { makeConversation, makeOwn, makeVisitor } from "../testing/make.ts";
import * as boards from "./board.ts";
import { everybody } from "./filter.ts";
import { orderBy } from "./order.ts";
import { type Look, placed, Queue, type Told } from "./queue.ts";
import type { Row } from "./rows.ts";

const ME = 2;
const usual: Look = { order: orderBy(null, "en"), filter: everybody };
const byPage: Look = {
  order: orderBy({ column: "page", isDescending: false }, "en"),
  filter: { ...everybody, page: "shop" },
};
const talksOf = (talks: Conversation[]) => new Map(talks.map((each) => [each.id, each]));
const ids = (rows: readonly Row[]) => rows.map((each) => each.visitor);

function told(visitors: BoardVisitor[], talks: Conversation[] = []): Told {
  const board = boards.opened({ kind: "board", version: 1, visitors });
  return { board, conversations: talksOf(talks), lastMessages: new Map() };
}

function stepped(before: Told, facts: Partial<BoardChanged>): Told {
  const { version } = before.board;
  const none = { changed: [], moved: [], left: [] };
  const versions = { base: version, version: version + 1 };
  const board = boards.changed(before.board, {
    type: "board.changed",
    ...versions,
    ...none,
    ...facts,
  })!;
  return { ...before, board };
}

/** A queue that was told all of it at once: what the one told bit by bit must show too. */
function afresh(all: Told, look: Look): readonly Row[] {
  return new Queue(ME).update({ ...all, board: { ...all.board } }, look);
}

test("visitors and conversations, each once", () => {
  const rows = new Queue(ME).update(
    told([makeVisitor("a"), makeVisitor("v")], [makeOwn({ visitor: "v" })]),
    usual,
  );
  expect(rows.map((each) => [each.visitor, each.state])).toEqual([
    ["v", "mine"],
    ["a", "browsing"],
  ]);
});

test("after the end the visitor browses again", () => {
  const queue = new Queue(ME);
  const before = told([makeVisitor("v")], [makeOwn({ visitor: "v" })]);
  queue.update(before, usual);
  const ended = { ...before, conversations: talksOf([makeOwn({ visitor: "v", state: "ended" })]) };
  expect(queue.update(ended, usual)).toMatchObject([{ state: "browsing", conversation: null }]);
});

test("who has neither a place on the board nor a conversation is gone", () => {
  const queue = new Queue(ME);
  const before = told([], [makeConversation()]);
  expect(queue.update(before, usual)).toHaveLength(1);
  expect(queue.update({ ...before, conversations: new Map() }, usual)).toEqual([]);
  expect(queue.size).toBe(0);
});

test("new words of a conversation show in its row", () => {
  const queue = new Queue(ME);
  const before = told([], [makeOwn({ id: 7 })]);
  queue.update(before, usual);
  const rows = queue.update({ ...before, lastMessages: new Map([[7, 99]]) }, usual);
  expect(rows[0]?.lastMessageAt).toBe(99);
});

test("a change leaves the rows of others as they are, and the list where there is none", () => {
  const queue = new Queue(ME);
  const before = told([makeVisitor("a"), makeVisitor("b")]);
  const rows = queue.update(before, usual);
  expect(queue.update(before, usual)).toBe(rows);
  const page = { url: "https://acme.example/cart" };
  const after = queue.update(stepped(before, { moved: [{ visitor: "a", page, pages: 2 }] }), usual);
  expect(after[0]).not.toBe(rows[0]);
  expect(after[1]).toBe(rows[1]);
});

test("a board opened again is taken as it is", () => {
  const queue = new Queue(ME);
  queue.update(told([makeVisitor("a")]), usual);
  expect(ids(queue.update(told([makeVisitor("b")]), usual))).toEqual(["b"]);
});

test("those hidden by the filter are counted, and come when they fit", () => {
  const queue = new Queue(ME);
  const before = told([makeVisitor("a", { page: { url: "https://acme.example/" } })]);
  expect(queue.update(before, byPage)).toEqual([]);
  expect(queue.size).toBe(1);
  const page = { url: "https://acme.example/shop" };
  const after = stepped(before, { moved: [{ visitor: "a", page, pages: 2 }] });
  expect(ids(queue.update(after, byPage))).toEqual(["a"]);
});

test.each([
  ["usual", usual],
  ["by page, narrowed", byPage],
])("told bit by bit it shows what it shows told at once: %s", (_name, look) => {
  const random = dice(7);
  const queue = new Queue(ME);
  let now = told(Array.from({ length: 40 }, (_, at) => somebody(at, random)));
  for (let step = 0; step < 200; step++) {
    const at = Math.floor(random() * 60);
    const visitor = `v${at}`;
    const talk = makeConversation({ id: at + 1, visitor, requested_at: step });
    const kinds = [
      () => stepped(now, { changed: [somebody(at, random)] }),
      () => stepped(now, { moved: [{ visitor, page: pageOf(random), pages: 2 }] }),
      () => stepped(now, { left: [{ visitor, at: step }] }),
      () => ({ ...now, board: boards.tidied(now.board, step + 1_700_000) }),
      () => ({ ...now, conversations: new Map(now.conversations).set(talk.id, talk) }),
      () => ({ ...now, conversations: talksOf([...now.conversations.values()].slice(1)) }),
      () => ({ ...now, lastMessages: new Map([[at + 1, step]]) }),
    ];
    now = (kinds[Math.floor(random() * kinds.length)] ?? (() => now))();
    expect(queue.update(now, look)).toEqual(afresh(now, look));
  }
});

test("rows go out and come in at their places", () => {
  const queue = new Queue(ME);
  const all = queue.update(told(["a", "b", "c", "d"].map((each) => makeVisitor(each))), usual);
  const [a, b, c, d] = all as [Row, Row, Row, Row];
  expect(ids(placed([a, c, d], new Set([c]), [b], usual.order))).toEqual(["a", "b", "d"]);
  expect(ids(placed([], new Set(), [b, a], usual.order))).toEqual(["a", "b"]);
});

test("of ten thousand only those that changed are made and placed anew", () => {
  let compared = 0;
  const counting: Look = {
    ...usual,
    order: (one, other) => {
      compared++;
      return usual.order(one, other);
    },
  };
  const many = Array.from({ length: 10_000 }, (_, at) => makeVisitor(`v${at}`, { entered_at: at }));
  const queue = new Queue(ME);
  const before = told(many);
  const rows = queue.update(before, counting);
  const page = { url: "https://acme.example/cart" };
  const moved = many.slice(0, 110).map(({ visitor }) => ({ visitor, page, pages: 2 }));
  compared = 0;
  const after = queue.update(stepped(before, { moved }), counting);
  expect(after.filter((each, at) => each !== rows[at])).toHaveLength(110);
  // Each finds its place by halving: 14 steps among ten thousand, and as many to sort the 110.
  expect(compared).toBeLessThan(110 * 28);
});

function somebody(at: number, random: () => number): BoardVisitor {
  return makeVisitor(`v${at}`, { entered_at: Math.floor(random() * 5), page: pageOf(random) });
}

function pageOf(random: () => number) {
  const path = random() < 0.5 ? "shop" : "news";
  return { url: `https://acme.example/${path}/${Math.floor(random() * 9)}` };
}

/** The same throws each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
