import { Refusal, type Unnumbered } from "../../shared/connection/index.ts";
import type { AgentCommand, Result } from "../../shared/protocol.ts";
import { connection } from "./connection.ts";

/**
 * Asks again for as long as the server says that later makes sense: too much at once, or its database is away.
 * For what may be asked twice. Throws the other refusals, and Lost when the connection goes.
 */
export async function askPatiently(command: Unnumbered<AgentCommand>): Promise<Result | null> {
  for (;;) {
    try {
      return await connection.ask(command);
    } catch (trouble) {
      if (!(trouble instanceof Refusal) || trouble.retryAfter === null) throw trouble;
      await pause(trouble.retryAfter * 1_000);
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
