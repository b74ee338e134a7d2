import { useEffect, useState } from "preact/hooks";

import type { VisitorOpened } from "../../shared/protocol.ts";
import { connection, connectionState } from "../live/connection.ts";

/** Whoever goes through rows by the arrow keys does not ask for each of them. */
const PAUSE = 150;

export type Visits =
  { phase: "loading" } | { phase: "failed" } | { phase: "known"; told: VisitorOpened };

/** What is known of a visitor; asked again when a new visit begins, and when the connection is back. */
export function useVisits(visitor: string, enteredAt: number | undefined): [Visits, () => void] {
  const [visits, put] = useState<Visits>({ phase: "loading" });
  const [attempt, setAttempt] = useState(0);
  const isOpen = connectionState.value.phase === "open";
  useEffect(() => {
    if (!isOpen) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      void ask(visitor).then((answer) => {
        if (isWanted) put(answer);
      });
    }, PAUSE);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [visitor, enteredAt, attempt, isOpen]);
  const again = () => {
    put({ phase: "loading" });
    setAttempt(attempt + 1);
  };
  const isOld = visits.phase === "known" && visits.told.visitor !== visitor;
  return [isOld ? { phase: "loading" } : visits, again];
}

async function ask(visitor: string): Promise<Visits> {
  const told = await connection.ask({ type: "visitor.open", visitor }).catch(() => null);
  return told?.kind === "visitor" ? { phase: "known", told } : { phase: "failed" };
}
