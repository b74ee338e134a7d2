import { describe, expect, test } from "vitest";

import type { AgentEvent, Conversation, WorkspaceOpened } from "../../shared/protocol.ts";
import { BOB, CAROL, makeConversation, makeEntry, makeOwn, makeVisitor } from "../testing/make.ts";
import * as boards from "./board.ts";
import { applied, opened, unknown, type Workspace } from "./workspace.ts";

const waiting = makeConversation();
const own = makeOwn();

function snapshot(conversation: Conversation, more: Partial<WorkspaceOpened> = {}): Workspace {
  const told: WorkspaceOpened = {
    kind: "workspace",
    me: BOB,
    agents: [BOB, CAROL],
    conversations: [conversation],
    offline_messages: 1,
    ...more,
  };
  const board = boards.opened({ kind: "board", version: 7, visitors: [makeVisitor("v")] });
  return { ...opened(unknown, told), board };
}

function withBoard(
  workspace: Workspace,
  version: number,
  visitors: ReturnType<typeof makeVisitor>[],
): Workspace {
  return { ...workspace, board: boards.opened({ kind: "board", version, visitors }) };
}

interface Case {
  before: Workspace;
  event: AgentEvent;
  /** Where it takes two to tell all of it. */
  then?: AgentEvent;
  /** What somebody who opens the workspace after the event is told. */
  fresh: Workspace;
}

const accepted = makeEntry(3, {
  kind: "accepted",
  side: "agent",
  agent_id: 2,
  author: "Bob",
  at: 5_000,
});
const returned = makeEntry(4, { kind: "returned", side: "system", agent_id: 2, author: "Bob" });
const marks = { visitor_delivered: 3, visitor_read: 3, agent_delivered: 3, agent_read: 3 };

const notice = { id: 1, version: 0, title: "Tonight", text: "At six", author: "Alice", at: 1_000 };

// By type, so that a new event without a case fails the type check.
const cases: Record<AgentEvent["type"], Record<string, Case>> = {
  "entry.created": {
    "the visitor says something": {
      before: snapshot(own),
      event: { type: "entry.created", conversation_id: 1, entry: makeEntry(4, { text: "More" }) },
      fresh: snapshot({ ...own, last_number: 4, preview: "More", unread: 2 }),
    },
    "an agent says something": {
      before: snapshot(own),
      event: { type: "entry.created", conversation_id: 1, entry: makeEntry(4, { side: "agent" }) },
      fresh: snapshot({ ...own, last_number: 4, preview: "Words 4" }),
    },
    "an agent joins": {
      before: snapshot(waiting),
      event: { type: "entry.created", conversation_id: 1, entry: accepted },
      fresh: snapshot({ ...own, unread: 1 }),
    },
    "one that is here already": {
      before: snapshot(own),
      event: { type: "entry.created", conversation_id: 1, entry: makeEntry(3) },
      fresh: snapshot(own),
    },
    "one of a conversation nobody showed": {
      before: snapshot(own),
      event: { type: "entry.created", conversation_id: 99, entry: makeEntry(1) },
      fresh: snapshot(own),
    },
  },
  "conversation.marked": {
    "all has been read": {
      before: snapshot(own),
      event: { type: "conversation.marked", conversation_id: 1, marks },
      fresh: snapshot({ ...own, marks, unread: 0 }),
    },
    "an older mark comes late": {
      before: snapshot({ ...own, marks, unread: 0 }),
      event: { type: "conversation.marked", conversation_id: 1, marks: { visitor_delivered: 1 } },
      fresh: snapshot({ ...own, marks, unread: 0 }),
    },
  },
  "conversation.changed": {
    "a visitor asks": {
      before: snapshot(own, { conversations: [] }),
      event: { type: "conversation.changed", conversation: waiting },
      fresh: snapshot(waiting),
    },
    "it is accepted, told without words": {
      before: snapshot(waiting),
      event: { type: "conversation.changed", conversation: { ...own, preview: "", unread: 0 } },
      then: { type: "entry.created", conversation_id: 1, entry: accepted },
      fresh: snapshot(own),
    },
    "the same the other way round": {
      before: snapshot(waiting),
      event: { type: "entry.created", conversation_id: 1, entry: accepted },
      then: { type: "conversation.changed", conversation: { ...own, preview: "", unread: 0 } },
      fresh: snapshot(own),
    },
    "a state that comes late": {
      before: snapshot(own),
      event: { type: "conversation.changed", conversation: waiting },
      fresh: snapshot(own),
    },
  },
  "agent.changed": {
    "a colleague": {
      before: snapshot(own),
      event: { type: "agent.changed", agent: { ...CAROL, status: "away" } },
      fresh: snapshot(own, { agents: [BOB, { ...CAROL, status: "away" }] }),
    },
    oneself: {
      before: snapshot(own),
      event: { type: "agent.changed", agent: { ...BOB, status: "busy" } },
      fresh: snapshot(own, {
        me: { ...BOB, status: "busy" },
        agents: [{ ...BOB, status: "busy" }, CAROL],
      }),
    },
  },
  "board.changed": {
    "somebody comes and somebody leaves": {
      before: snapshot(own),
      event: {
        type: "board.changed",
        base: 7,
        version: 8,
        changed: [makeVisitor("w")],
        moved: [],
        left: [{ visitor: "v", at: 1 }],
      },
      fresh: withBoard(snapshot(own), 8, [makeVisitor("v", { left_at: 1 }), makeVisitor("w")]),
    },
    "one that is older than the board": {
      before: snapshot(own),
      event: {
        type: "board.changed",
        base: 5,
        version: 6,
        changed: [],
        moved: [],
        left: [{ visitor: "v", at: 1 }],
      },
      fresh: snapshot(own),
    },
  },
  "offline_message.left": {
    "words for later": {
      before: snapshot(own),
      event: { type: "offline_message.left", unread: 4 },
      fresh: snapshot(own, { offline_messages: 4 }),
    },
  },
  "notice.published": {
    "a new one": {
      before: snapshot(own, { notices: [notice] }),
      event: { type: "notice.published", notice: { ...notice, id: 2, at: 2_000 } },
      fresh: snapshot(own, { notices: [{ ...notice, id: 2, at: 2_000 }, notice] }),
    },
    "one that was edited": {
      before: snapshot(own, { notices: [notice] }),
      event: { type: "notice.published", notice: { ...notice, version: 1, title: "Later" } },
      fresh: snapshot(own, { notices: [{ ...notice, version: 1, title: "Later" }] }),
    },
  },
  "notice.withdrawn": {
    "one that is unread": {
      before: snapshot(own, { notices: [notice] }),
      event: { type: "notice.withdrawn", notice_id: 1 },
      fresh: snapshot(own, { notices: [] }),
    },
  },
  "notice.read": {
    "in another tab": {
      before: snapshot(own, { notices: [notice] }),
      event: { type: "notice.read", notice_id: 1, version: 0 },
      fresh: snapshot(own, { notices: [] }),
    },
    "as it was before an edit": {
      before: snapshot(own, { notices: [{ ...notice, version: 1 }] }),
      event: { type: "notice.read", notice_id: 1, version: 0 },
      fresh: snapshot(own, { notices: [{ ...notice, version: 1 }] }),
    },
  },
  "answers.changed": {
    "the operator has answered": {
      before: snapshot(own),
      event: { type: "answers.changed", unread: 1 },
      fresh: snapshot(own, { answers: 1 }),
    },
  },
  ack: unchanging({ type: "ack", ref: 1 }),
  refused: unchanging({ type: "refused", ref: 1, code: "x", message: "x" }),
  "session.opened": unchanging({ type: "session.opened", ref: 1, version: "1", agent_id: 2 }),
  "session.ended": unchanging({ type: "session.ended", reason: "signed_out" }),
  "heartbeat.answered": unchanging({ type: "heartbeat.answered", ref: 1, numbers: { "1": 9 } }),
  "agent.access_changed": unchanging({
    type: "agent.access_changed",
    capabilities: ["take_chats"],
    is_administrator: false,
  }),
  resync: unchanging({ type: "resync" }),
};

function unchanging(event: AgentEvent): Record<string, Case> {
  return { "changes no list": { before: snapshot(own), event, fresh: snapshot(own) } };
}

describe.each(Object.entries(cases))("%s", (_type, named) => {
  test.each(Object.entries(named))(
    "%s: as if opened afresh",
    (_name, { before, event, then, fresh }) => {
      const after = applied(before, event);
      expect(then ? applied(after, then) : after).toEqual(fresh);
    },
  );
});

test("words that overtake the one who joins leave room for them", () => {
  const words: AgentEvent = { type: "entry.created", conversation_id: 1, entry: makeEntry(4) };
  const joined: AgentEvent = { type: "entry.created", conversation_id: 1, entry: accepted };
  const after = [words, joined].reduce(applied, snapshot(waiting));
  expect(after.conversations.get(1)).toMatchObject({ state: "active", last_number: 4, unread: 2 });
});

describe("a conversation that goes back to the line", () => {
  const heard: AgentEvent = { type: "entry.created", conversation_id: 1, entry: returned };
  const told: AgentEvent = {
    type: "conversation.changed",
    conversation: { ...waiting, last_number: 4, preview: "", unread: 0 },
  };
  const facts = { state: "waiting", agent_id: null, returned_from: "Bob", last_number: 4 };
  const lookAt = (workspace: Workspace) => workspace.conversations.get(1);

  test.each([
    ["heard from its log", [heard]],
    ["heard and told", [heard, told]],
    ["told and heard", [told, heard]],
  ])("%s waits, and says who had it", (_name, events) => {
    expect(lookAt(events.reduce(applied, snapshot(own)))).toMatchObject(facts);
  });

  test("is told also to who has not seen it", () => {
    const after = { ...waiting, last_number: 4, returned_from: "Bob" };
    expect(lookAt(snapshot(after))).toMatchObject(facts);
  });

  test("is not taken back by late news", () => {
    const late: AgentEvent = { type: "conversation.changed", conversation: own };
    expect(lookAt(applied(applied(snapshot(own), heard), late))).toMatchObject(facts);
  });

  test("still says so after a new opening, and no more once somebody has taken it", () => {
    const back = applied(snapshot(own), heard);
    const again: WorkspaceOpened = {
      kind: "workspace",
      me: BOB,
      agents: [],
      conversations: [{ ...waiting, last_number: 4 }],
      offline_messages: 0,
    };
    expect(lookAt(opened(back, again))).toMatchObject(facts);
    const entry = makeEntry(5, { kind: "accepted", side: "agent", agent_id: 3, author: "Carol" });
    const taken = applied(back, { type: "entry.created", conversation_id: 1, entry });
    expect(lookAt(taken)).toMatchObject({ state: "active", agent_name: "Carol" });
    expect(lookAt(taken)).not.toHaveProperty("returned_from");
  });
});

test("what is drawn is not changed under the drawing", () => {
  const before = snapshot(own);
  const copy = structuredClone(before);
  Object.values(cases).forEach((named) => {
    Object.values(named).forEach(({ event }) => applied(before, event));
  });
  expect(before).toEqual(copy);
});

test("an ended conversation stays while somebody looks at it, and goes with the next opening", () => {
  const ended = applied(snapshot(own), {
    type: "entry.created",
    conversation_id: 1,
    entry: makeEntry(4, { kind: "ended", side: "visitor", at: 9_000 }),
  });
  expect(ended.conversations.get(1)).toMatchObject({ state: "ended", ended_by: "visitor" });
  const told: WorkspaceOpened = {
    kind: "workspace",
    me: BOB,
    agents: [],
    conversations: [],
    offline_messages: 0,
  };
  expect([...opened(ended, told, () => true).conversations.keys()]).toEqual([1]);
  expect([...opened(ended, told).conversations.keys()]).toEqual([]);
});
