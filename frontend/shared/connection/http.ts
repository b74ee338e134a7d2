import type { Socket } from "./connection.ts";
import { EventReader, type StreamEvent } from "./events.ts";
import { Letters } from "./letters.ts";
import { isPassing, Patience, pause, post, Unwelcome } from "./requests.ts";

export type Down = "stream" | "poll";

/** A stream says something at once, unless somebody on the way keeps it back. */
const FIRST_BYTE_WITHIN = 4_000;
/** After that at least a ping comes this often; the server answers a poll as often. */
const NEWS_WITHIN = 35_000;
/** Requests that fail one after another, or streams that are cut before they have lived this long. */
const TROUBLES = 4;
const STEADY_AFTER = 5_000;
/** Characters that may be unconfirmed: the server keeps them. */
const CONFIRM_EVERY = 131_072;
const LOST = 1006;
/** The code it ends with where streams are cut again and again, though requests get through. */
export const STREAMS_CUT = 3000;

/**
 * Behaves as a WebSocket, over requests: frames come down in one long answer or in polls, and go up in posts.
 * Both ways they are numbered, so a request that was cut is made again and nothing is lost or doubled.
 */
export class HttpSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private session = "";
  private heard = 0;
  private unconfirmed = 0;
  private news = 0;
  private isOver = false;
  private readonly ending = new AbortController();
  private readonly letters: Letters;
  private readonly address: string;
  private readonly down: Down;

  /** The address is that of the WebSocket. */
  constructor(url: string, down: Down) {
    this.address = url.replace(/^ws/, "http");
    this.down = down;
    this.letters = new Letters({
      url: `${this.address}/frames`,
      signal: this.ending.signal,
      session: () => this.session,
      heard: () => this.heard,
      failed: this.end,
    });
    void this.listen();
  }

  send(frame: string): void {
    if (!this.isOver) this.letters.add(frame);
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.ending.abort();
    if (!this.session) return;
    const farewell = { method: "POST", body: JSON.stringify({ session: this.session }) };
    fetch(`${this.address}/close`, { ...farewell, keepalive: true }).catch(() => undefined);
  }

  private async listen(): Promise<void> {
    for (let troubles = 0; !this.isOver;) {
      const trouble = await this.trouble();
      troubles = trouble === null ? 0 : troubles + 1;
      if (this.isHopeless(trouble)) this.end(codeOf(trouble));
      else if (troubles === TROUBLES) this.end(this.down === "stream" ? STREAMS_CUT : LOST);
      else if (troubles) await pause(150 * 2 ** troubles);
    }
  }

  /** What was wrong with one request, or null. */
  private async trouble(): Promise<unknown> {
    const [began, before] = [performance.now(), this.news];
    try {
      await this.request();
    } catch (trouble) {
      return trouble;
    }
    const isFine = this.down === "poll" && this.news > before;
    return isFine || performance.now() - began > STEADY_AFTER ? null : new Error("Over too soon");
  }

  private isHopeless(trouble: unknown): boolean {
    return trouble !== null && (!this.session || !isPassing(trouble));
  }

  private async request(): Promise<void> {
    const patience = new Patience(
      this.ending.signal,
      this.down === "stream" ? FIRST_BYTE_WITHIN : NEWS_WITHIN,
    );
    const body = JSON.stringify({ session: this.session, heard: this.heard });
    try {
      const answer = await post(`${this.address}/${this.down}`, body, patience.signal);
      if (this.down === "poll") this.hearAll(new EventReader().feed(await answer.text()));
      else await this.read(answer, patience);
    } finally {
      patience.done();
    }
  }

  private async read(answer: Response, patience: Patience): Promise<void> {
    const reader = answer.body?.getReader();
    if (!reader) throw new Error("This browser reads no streams");
    const events = new EventReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      patience.extend(NEWS_WITHIN);
      this.hearAll(events.feed(decoder.decode(value, { stream: true })));
    }
  }

  private hearAll(events: StreamEvent[]): void {
    for (const event of events) if (!this.isOver) this.hear(event);
  }

  private hear({ kind, id, data }: StreamEvent): void {
    this.news++;
    if (kind === "session") {
      this.session = data;
      this.onopen?.();
    } else if (kind === "ping") this.confirm();
    else if (kind === "close") this.end(Number(data));
    else if (id === this.heard + 1) this.take(data);
  }

  private take(frame: string): void {
    this.heard++;
    this.unconfirmed += frame.length;
    if (this.down === "stream" && this.unconfirmed > CONFIRM_EVERY) this.confirm();
    this.onmessage?.({ data: frame });
  }

  private confirm(): void {
    this.unconfirmed = 0;
    this.letters.confirm();
  }

  private readonly end = (code: number): void => {
    if (this.isOver) return;
    this.isOver = true;
    this.ending.abort();
    this.onclose?.({ code });
  };
}

function codeOf(trouble: unknown): number {
  return (trouble instanceof Unwelcome && trouble.code) || LOST;
}
