import "../testing/page.ts";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { BOB, makeConversation, makeEntry, makeOwn, makeVisitor } from "../testing/make.ts";
import { FakeServer } from "../testing/server.ts";

const wait = () => vi.advanceTimersByTimeAsync(10);
const token = vi.fn(() => Promise.resolve(Response.json({ token: "t" })));

let server: FakeServer;
let state: typeof import("../store/state.ts");
let logs: typeof import("./logs.ts");
let panes: typeof import("../store/panes.ts");

// Modules hold the page's one session: each test has a page of its own.
async function open(): Promise<void> {
  const session = await import("./session.ts");
  [state, logs, panes] = await Promise.all([
    import("../store/state.ts"),
    import("./logs.ts"),
    import("../store/panes.ts"),
  ]);
  session.startSession({ isReloading: true });
  await wait();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer();
  server.conversations = [makeOwn()];
  server.entries.set(1, [makeEntry(1), makeEntry(2), makeEntry(3)]);
  vi.stubGlobal("WebSocket", server.WebSocket);
  vi.stubGlobal("fetch", token);
});

afterEach(async () => {
  const { connection } = await import("./connection.ts");
  connection.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const numbers = () => logs.logs.value.get(1)?.entries.map((each) => each.number);

test("the greeting is followed by lists, board and one's own logs", async () => {
  await open();
  expect(state.workspace.value.me).toEqual(BOB);
  expect(state.own.value.map((each) => each.id)).toEqual([1]);
  expect([...state.board.value.visitors.keys()]).toEqual(["v"]);
  expect(numbers()).toEqual([1, 2, 3]);
});

test("what the server cannot do just now is asked again, and nothing leaves the screen", async () => {
  const busy = { code: "slow_down", message: "Too many at once.", retry_after: 1 };
  const types = ["workspace.open", "board.open", "conversation.follow"] as const;
  await open();
  types.forEach((type) => server.refusals.set(type, busy));
  server.boardVersion = 7;
  server.says({ type: "resync" });
  await vi.advanceTimersByTimeAsync(1_500);
  expect(state.own.value.map((each) => each.id)).toEqual([1]);
  types.forEach((type) => server.refusals.delete(type));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(state.own.value.map((each) => each.id)).toEqual([1]);
  expect(numbers()).toEqual([1, 2, 3]);
  expect(state.board.value.version).toBe(7);
});

test("a gap is fetched at once", async () => {
  await open();
  server.entries.set(
    1,
    [1, 2, 3, 4, 5].map((each) => makeEntry(each)),
  );
  server.says({ type: "entry.created", conversation_id: 1, entry: makeEntry(5) });
  await wait();
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
});

test("what is heard while the lists are on their way outlives them", async () => {
  await open();
  server.says({ type: "resync" });
  server.says({ type: "conversation.changed", conversation: makeConversation({ id: 2 }) });
  server.says({ type: "agent.changed", agent: { ...BOB, status: "away" } });
  await wait();
  expect([...state.workspace.value.conversations.keys()]).toEqual([1, 2]);
  expect(state.workspace.value.me?.status).toBe("away");
});

test("a lost last event is found by the heartbeat", async () => {
  await open();
  server.entries.get(1)?.push(makeEntry(4));
  await vi.advanceTimersByTimeAsync(26_000);
  expect(numbers()).toEqual([1, 2, 3, 4]);
});

test("what came while the connection was lost is there afterwards", async () => {
  await open();
  server.socket?.breaks();
  server.entries.get(1)?.push(makeEntry(4));
  server.conversations.push(makeConversation({ id: 2 }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(numbers()).toEqual([1, 2, 3, 4]);
  expect(state.requests.value.map((each) => each.id)).toEqual([2]);
});

test("after a call to compare everything is opened afresh", async () => {
  await open();
  server.conversations.push(makeConversation({ id: 2 }));
  server.says({ type: "resync" });
  await wait();
  expect(state.requests.value.map((each) => each.id)).toEqual([2]);
});

test("a board that missed a change is opened again", async () => {
  await open();
  server.boardVersion = 9;
  server.visitors = [makeVisitor("w")];
  server.says({ type: "board.changed", base: 7, version: 8, changed: [], moved: [], left: [] });
  await wait();
  expect([...state.board.value.visitors.keys()]).toEqual(["w"]);
});

test("a board on its way is not asked for again, and what changes meanwhile is not lost", async () => {
  await open();
  server.refusals.set("board.open", { code: "slow_down", message: "Wait.", retry_after: 1 });
  server.says({ type: "resync" });
  await wait();
  const before = server.count("board.open");
  for (const base of [5, 6, 7]) {
    const changed = [makeVisitor(`new-${String(base)}`)];
    server.says({ type: "board.changed", base, version: base + 1, changed, moved: [], left: [] });
  }
  await wait();
  expect(server.count("board.open")).toBe(before);
  server.refusals.delete("board.open");
  server.boardVersion = 7;
  await vi.advanceTimersByTimeAsync(1_500);
  expect(server.count("board.open")).toBe(before + 1);
  expect(state.board.value.version).toBe(8);
  expect([...state.board.value.visitors.keys()]).toEqual(["v", "new-7"]);
});

test("what one accepts in another tab is followed here too", async () => {
  await open();
  server.conversations.push(makeOwn({ id: 2 }));
  server.entries.set(2, [makeEntry(1)]);
  server.says({ type: "conversation.changed", conversation: makeOwn({ id: 2 }) });
  await wait();
  expect(logs.logs.value.get(2)?.entries).toHaveLength(1);
});

test("a conversation that a colleague took is no longer read along", async () => {
  server.conversations.push(makeConversation({ id: 2 }));
  server.entries.set(2, [makeEntry(1)]);
  await open();
  const { look } = await import("../store/deeds.ts");
  look(2);
  await wait();
  expect(logs.logs.value.has(2)).toBe(true);
  const conversation = makeConversation({ id: 2, state: "active", agent_id: 3 });
  server.says({ type: "conversation.changed", conversation });
  await wait();
  expect(logs.logs.value.has(2)).toBe(false);
  expect(server.count("conversation.unfollow")).toBe(1);
});

test("a pane whose conversation one may no longer see is closed", async () => {
  localStorage.setItem("parley:10000001:2:panes", JSON.stringify({ open: [9], active: 9 }));
  server.conversations = [];
  server.refusals.set("conversation.follow", { code: "not_found", message: "Not there" });
  await open();
  expect(panes.panes.value.open).toEqual([]);
});

test("words are sent once the connection is there, and shown until then", async () => {
  await open();
  server.socket?.breaks();
  const { letters, write } = await import("./outbox.ts");
  write(1, "Hello");
  await wait();
  expect(letters.value.map((each) => each.command.text)).toEqual(["Hello"]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(server.asked.filter((each) => each.type === "message.send")).toMatchObject([
    { conversation_id: 1, text: "Hello" },
  ]);
  expect(letters.value).toEqual([]);
  expect(logs.logs.value.get(1)?.entries.at(-1)).toMatchObject({ number: 4, text: "Hello" });
});

test("a newer server reloads the page, at most once a minute", async () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  server.version = "2";
  await open();
  expect(reload).toHaveBeenCalledTimes(1);
  server.socket?.breaks();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(state.isReady.value).toBe(true);
  server.socket?.breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  server.socket?.breaks();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledTimes(2);
});

test.each([
  ["no longer signed in", () => token.mockResolvedValueOnce(new Response("", { status: 401 }))],
  ["signed out elsewhere", () => undefined],
])("whoever is %s is led to the sign-in page", async (why, prepare) => {
  const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  prepare();
  await open();
  if (why === "signed out elsewhere") server.says({ type: "session.ended", reason: "signed_out" });
  expect(assign).toHaveBeenCalledWith("/sign-in/&ended=over");
});

test("whoever has moved to where they may not be is told why", async () => {
  const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  token.mockResolvedValueOnce(Response.json({ code: "address_not_allowed" }, { status: 401 }));
  await open();
  expect(assign).toHaveBeenCalledWith("/sign-in/&ended=address");
});

test.each([
  ["as the page asks", () => token.mockResolvedValueOnce(new Response("", { status: 403 }))],
  ["while it is open", () => undefined],
])("whose company is closed %s is shown why, at most once a minute", async (when, prepare) => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  prepare();
  await open();
  if (when === "while it is open") {
    server.says({ type: "session.ended", reason: "refused" });
    server.says({ type: "session.ended", reason: "refused" });
  }
  expect(reload).toHaveBeenCalledTimes(1);
});

test("who was slower reads who was faster", async () => {
  server.conversations = [makeConversation({ id: 2 })];
  server.refusals.set("conversation.accept", {
    code: "accepted_by_other",
    message: "Carol was faster",
  });
  await open();
  const { accept, accepting } = await import("../store/deeds.ts");
  const { toasts } = await import("../../shared/ui/toasts.ts");
  server.conversations = [makeConversation({ id: 2, state: "active", agent_id: 3 })];
  await accept(2);
  await wait();
  expect(toasts.value.map((each) => each.words)).toEqual(["Carol was faster"]);
  const { rows } = await import("../store/queue.ts");
  expect(rows.value[0]?.state).toBe("other");
  expect(accepting.value.size).toBe(0);
});

test("a status that is refused is taken back", async () => {
  await open();
  server.refusals.set("status.set", { code: "forbidden", message: "Not you" });
  const { choose } = await import("../store/deeds.ts");
  const done = choose("busy");
  expect(state.myStatus.value).toBe("busy");
  await done;
  expect(state.myStatus.value).toBe("online");
});
