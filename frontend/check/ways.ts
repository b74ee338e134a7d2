import { dial, type Transport } from "../shared/connection/index.ts";
import { qualityOf } from "../workspace/live/quality.ts";
import { bad, care, type Finding, good } from "./findings.ts";
import { t } from "./texts/index.ts";
import { socketAddress, socketToken } from "./server.ts";

const BEATS = 5;
const PATIENCE = 12_000;

/** Milliseconds there and back by each way; null where it does not get through. */
export type Measured = Record<Transport, number | null>;

/** Opens this one way, without falling back to another, and measures answers on it. */
export async function measure(way: Transport): Promise<number | null> {
  try {
    const token = await socketToken();
    return await within(PATIENCE, way, token);
  } catch {
    return null;
  }
}

function within(milliseconds: number, way: Transport, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = dial(way, socketAddress());
    const times: number[] = [];
    let sentAt = 0;
    const end = (act: () => void) => {
      clearTimeout(timer);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      act();
    };
    const timer = setTimeout(() => {
      end(reject);
    }, milliseconds);
    const beat = () => {
      sentAt = performance.now();
      socket.send(JSON.stringify({ type: "heartbeat", ref: times.length + 2, conversations: [] }));
    };
    socket.onopen = () => {
      socket.send(JSON.stringify({ type: "session.open", ref: 1, token }));
    };
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(data) as { type: string };
      if (type === "session.opened") beat();
      if (type === "refused" || type === "session.ended") end(reject);
      if (type !== "heartbeat.answered") return;
      times.push(performance.now() - sentAt);
      if (times.length < BEATS) beat();
      else {
        end(() => {
          resolve(middle(times));
        });
      }
    };
    socket.onclose = () => {
      end(reject);
    };
  });
}

export function middle(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Where a quicker way works, what comes after it is only in reserve. */
export function wayFinding(way: Transport, time: number | null, isInReserve: boolean): Finding {
  if (time !== null) return good(t("works", { milliseconds: rounded(time) }));
  const [result, advice] = [t(`${way}Bad`), t(`${way}Advice`)];
  return way === "poll" && !isInReserve ? bad(result, advice) : care(result, advice);
}

export function qualityFinding(times: Measured): Finding {
  const time = times.websocket ?? times.stream ?? times.poll;
  if (time === null) return bad(t("disconnected"), t("disconnectedMeans"));
  const name = qualityOf(time);
  const words = t(name, { milliseconds: rounded(time) });
  return name === "poor" ? care(words, t("poorMeans")) : good(words, t(`${name}Means`));
}

/** Nothing takes no time. */
function rounded(time: number): number {
  return Math.max(1, Math.round(time));
}
