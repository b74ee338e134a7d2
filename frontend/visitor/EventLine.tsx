import type { Entry } from "../shared/protocol.ts";
import { t } from "./language.ts";
import { Time } from "./Message.tsx";

/** Something that happened to the conversation. */
export function EventLine({ entry }: { entry: Entry }) {
  return (
    <p class="event">
      {wordsOf(entry)} <Time at={entry.at} />
    </p>
  );
}

function wordsOf({ kind, side, author }: Entry): string {
  const agent = author || t("agent");
  if (kind === "accepted") return t("joined", { agent });
  if (kind === "returned") return t("returned", { agent });
  if (kind !== "ended") return t("begun");
  if (side === "visitor") return t("endedByYou");
  return side === "agent" ? t("endedByAgent", { agent }) : t("ended");
}
