import { computed, signal } from "@preact/signals";

import { logs } from "../live/logs.ts";
import * as agents from "../model/agents.ts";
import * as lists from "../model/lists.ts";
import { unknown } from "../model/workspace.ts";
import { page } from "./page.ts";

export const workspace = signal(unknown);
/** Whether the first answer is here: until then skeletons stand in for lists. */
export const isReady = computed(() => workspace.value.me !== null);
export const isBoardReady = computed(() => workspace.value.board.version >= 0);

export const conversations = computed(() => workspace.value.conversations);
export const board = computed(() => workspace.value.board);
export const colleagues = computed(() => agents.colleagues(agentsNow.value, page.agent.id));
const agentsNow = computed(() => workspace.value.agents);
export const myStatus = computed(() => workspace.value.me?.status ?? null);
/** Whether one is away by oneself, for want of activity: the first brings the old status back. */
export const isIdle = computed(() => workspace.value.me?.reason === "idle");
export const awayAfter = computed(() => workspace.value.awayAfter);
/** Those one has not read, newest first. */
export const notices = computed(() => workspace.value.notices);
/** Answers of the operator that one has not read. */
export const answers = computed(() => workspace.value.answers);
export const offlineMessages = computed(() => workspace.value.offlineMessages);

export const requests = computed(() => lists.waiting(conversations.value, workspace.value.groups));
export const own = computed(() =>
  lists
    .mine(conversations.value, page.agent.id)
    .map((each) => lists.refined(each, logs.value.get(each.id))),
);
export const unread = computed(() => lists.unreadOf(own.value));
