import type { Log } from "../shared/connection/log.ts";
import type { Entry } from "../shared/protocol.ts";

const QUIET_FOR = 300;

interface Marks {
  conversation_id: number;
  delivered: number;
  read: number;
}

/** Tells the server how far the visitor is, a moment after the last change and again on each connection. */
export class Marker {
  private told = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tell: (marks: Marks) => Promise<unknown>;

  constructor(tell: (marks: Marks) => Promise<unknown>) {
    this.tell = tell;
  }

  reset(): void {
    this.told = "";
  }

  note({ id, entries, marks }: Log): void {
    const delivered = lastOfOthers(entries);
    const due = { conversation_id: id, delivered, read: Math.min(delivered, marks.visitor_read) };
    const said = JSON.stringify(due);
    if (said === this.told || !delivered) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.told = said;
      this.tell(due).catch(() => {
        this.told = "";
      });
    }, QUIET_FOR);
  }
}

/** One's own words need no mark. */
function lastOfOthers(entries: readonly Entry[]): number {
  return entries.filter(({ side }) => side !== "visitor").pop()?.number ?? 0;
}
