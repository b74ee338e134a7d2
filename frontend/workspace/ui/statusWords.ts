import type { Agent } from "../../shared/protocol.ts";
import { clock, date, dayOf, duration, exact } from "../../shared/time.ts";
import { reader } from "../store/page.ts";
import { t } from "../texts/index.ts";

/** A colleague's status with its reason, and since when where that tells something. */
export function statusWords({ status, reason, since = 0 }: Agent, now: number): string {
  if (status === "away" && reason === "idle") return idleWords(since, now);
  if (status !== "offline" || !since) return t(status);
  return t(reason === "lost" ? "offlineLost" : "offlineSince", { time: moment(since, now) });
}

/** With the exact time, for who wants to know. */
export function statusHint(agent: Agent, now: number): string {
  const { status, reason, since } = agent;
  if (!since) return statusWords(agent, now);
  const words = status === "away" && reason === "idle" ? t("awayIdle") : t(status);
  return t("statusSince", { status: words, time: exact(new Date(since), reader) });
}

function idleWords(since: number, now: number): string {
  if (!since) return t("awayIdle");
  return t("awayIdleFor", { time: duration(now - since, reader) });
}

function moment(at: number, now: number): string {
  const [then, present] = [new Date(at), new Date(now)];
  const isToday = dayOf(then, reader.timeZone) === dayOf(present, reader.timeZone);
  return isToday ? clock(then, reader) : date(then, present, reader);
}
