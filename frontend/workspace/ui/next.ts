import type { Conversation } from "../../shared/protocol.ts";
import { nextWithNews } from "../model/lists.ts";
import { panes } from "../store/panes.ts";

export function nextNews(
  own: readonly Conversation[],
  requests: readonly Conversation[],
): Conversation | undefined {
  return nextWithNews(own, requests, panes.value.active) ?? undefined;
}
