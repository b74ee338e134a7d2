import type { AgentEvent, BoardChanged, HeartbeatAnswered } from "../../shared/protocol.ts";
import * as boards from "../model/board.ts";
import { dropped } from "../model/conversations.ts";
import * as model from "../model/workspace.ts";
import { isOpenToMe } from "../store/access.ts";
import { close, isOpen, panes } from "../store/panes.ts";
import { own, workspace } from "../store/state.ts";
import { page } from "../store/page.ts";
import { accessChanged } from "./access.ts";
import { connect, connection } from "./connection.ts";
import { heardSomething, startGaps } from "./gone.ts";
import { lookAgain, reloadForVersion, toSignIn } from "./leaving.ts";
import * as logs from "./logs.ts";
import { tellFollowed, tellLosses, tellTaken } from "./losing.ts";
import { noticeNews, tellAnswers, tellNotices } from "./noticing.ts";
import { outbox } from "./outbox.ts";
import { askPatiently } from "./patience.ts";

const FLUSH_EVERY = 10_000;

interface Manner {
  /** Whether a newer server reloads the page: what is typed into a form would be lost. */
  isReloading: boolean;
}

let manner: Manner = { isReloading: false };

/** Opens the socket and keeps the store as true as the server's rows. */
export function startSession(chosen: Manner): void {
  manner = chosen;
  startGaps();
  connect({ heard, following: logs.followed });
  setInterval(() => {
    outbox.flush();
  }, FLUSH_EVERY);
}

function heard(event: AgentEvent): void {
  heardSomething();
  if (event.type === "board.changed") applyToBoard(event);
  else become(model.applied(workspace.peek(), event));
  meanwhile.forEach((events) => events.push(event));
  react(event);
}

function react(event: AgentEvent): void {
  switch (event.type) {
    case "session.opened":
      if (!manner.isReloading || !reloadForVersion(event.version)) void catchUp();
      if (manner.isReloading && page.is_seeing !== (event.is_seeing ?? false)) location.reload();
      break;
    case "agent.access_changed":
      void accessChanged(event);
      break;
    case "session.ended":
      if (event.reason === "refused") lookAgain();
      else toSignIn("over");
      break;
    case "resync":
      connection.check();
      void catchUp();
      break;
    case "notice.published":
    case "notice.withdrawn":
    case "notice.read":
      noticeNews.value += 1;
      break;
    case "heartbeat.answered":
      compare(event);
      break;
    case "entry.created":
      logs.heard(event.conversation_id, event.entry);
      break;
    case "conversation.marked":
      logs.marked(event.conversation_id, event.marks);
      break;
    case "conversation.changed":
      if (!isOpenToMe(event.conversation)) logs.forgetLog(event.conversation.id);
      logs.toldNewest(event.conversation.id, event.conversation.last_number);
      followOwn();
      break;
    case "ack":
    case "refused":
    case "agent.changed":
    case "board.changed":
    case "offline_message.left":
    case "answers.changed":
  }
}

/** After each greeting: first the lists, then what is missing in each log, then what waits to be sent. */
async function catchUp(): Promise<void> {
  void openBoard();
  await openWorkspace();
  const wanted = new Set([...logs.followed(), ...panes.peek().open, ...ownIds()]);
  await Promise.all([...wanted].map(followOrClose));
  outbox.flush();
}

/** What is heard while lists are on their way: it may be newer than they are. */
const meanwhile = new Set<AgentEvent[]>();

export async function openWorkspace(): Promise<void> {
  const heardSince: AgentEvent[] = [];
  meanwhile.add(heardSince);
  const result = await askPatiently({ type: "workspace.open" }).catch(() => null);
  meanwhile.delete(heardSince);
  if (result?.kind !== "workspace") return;
  if (workspace.peek().me) noticeNews.value += 1;
  const told = model.opened(workspace.peek(), result, isOpen);
  become(heardSince.reduce(model.applied, told));
}

function become(after: model.Workspace): void {
  const before = workspace.peek();
  workspace.value = after;
  if (before.conversations !== after.conversations) {
    tellLosses(before.conversations, after.conversations);
  }
  // What was there before one came is no news: the chip counts it.
  if (before.me) {
    tellNotices(before.notices, after.notices);
    tellAnswers(before.answers, after.answers);
  }
}

/** Boards that are on their way, each with the changes heard meanwhile: it may lack them. */
const boardsComing = new Set<BoardChanged[]>();

async function openBoard(): Promise<void> {
  const heardSince: BoardChanged[] = [];
  boardsComing.add(heardSince);
  const result = await askPatiently({ type: "board.open" }).catch(() => null);
  boardsComing.delete(heardSince);
  if (result?.kind !== "board") return;
  workspace.value = { ...workspace.peek(), board: boards.opened(result) };
  heardSince.forEach(applyToBoard);
}

function applyToBoard(event: BoardChanged): void {
  boardsComing.forEach((heardSince) => heardSince.push(event));
  const board = boards.changed(workspace.peek().board, event);
  if (board) workspace.value = { ...workspace.peek(), board };
  // A long one, asked for at every change while it comes, would never be there.
  else if (boardsComing.size === 0) void openBoard();
}

/** What one may no longer see leaves its pane. */
export async function followOrClose(id: number): Promise<void> {
  try {
    const conversation = await logs.follow(id);
    if (!conversation) return;
    become(model.applied(workspace.peek(), { type: "conversation.changed", conversation }));
    tellFollowed(conversation);
  } catch {
    tellTaken(id, workspace.peek().conversations.get(id));
    const { conversations } = workspace.peek();
    workspace.value = { ...workspace.peek(), conversations: dropped(conversations, id) };
    logs.forgetLog(id);
    close(id);
  }
}

function compare({ numbers }: HeartbeatAnswered): void {
  Object.entries(numbers).forEach(([id, newest]) => {
    logs.toldNewest(Number(id), newest);
  });
}

/** A conversation of one's own may have been accepted in another tab. */
function followOwn(): void {
  const followed = new Set(logs.followed());
  ownIds()
    .filter((id) => !followed.has(id))
    .forEach((id) => void followOrClose(id));
}

function ownIds(): number[] {
  return own.peek().map((each) => each.id);
}
