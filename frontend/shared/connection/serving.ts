import { vi } from "vitest";

/** The server's side of requests, for tests: what was asked, and streams that the test writes. */
export class FakeServer {
  readonly asked: { what: string; body: Record<string, unknown> }[] = [];
  /** Answers to come, for each kind of request; the last one stays. */
  readonly answers: Record<string, (() => Response | Promise<Response>)[]> = {};
  readonly streams: FakeStream[] = [];

  constructor() {
    vi.stubGlobal("fetch", this.fetch);
  }

  of(what: string): Record<string, unknown>[] {
    return this.asked.filter((request) => request.what === what).map(({ body }) => body);
  }

  get stream(): FakeStream {
    const last = this.streams[this.streams.length - 1];
    if (!last) throw new Error("No stream was asked for");
    return last;
  }

  private readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const what = url.slice(url.lastIndexOf("/") + 1);
    this.asked.push({ what, body: JSON.parse(init.body as string) as Record<string, unknown> });
    const [answer] = this.answers[what] ?? [];
    if ((this.answers[what]?.length ?? 0) > 1) this.answers[what]?.shift();
    const response = answer ? await answer() : this.usual(what);
    init.signal?.addEventListener("abort", () => {
      this.streams.forEach((stream) => {
        stream.cut();
      });
    });
    return response;
  };

  private usual(what: string): Response {
    if (what !== "stream") return new Response(null, { status: 204 });
    const stream = new FakeStream();
    this.streams.push(stream);
    return stream.response;
  }
}

export class FakeStream {
  readonly response: Response;
  private writer: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor() {
    const body = new ReadableStream<Uint8Array>({
      start: (writer) => {
        this.writer = writer;
      },
    });
    this.response = { ok: true, status: 200, body } as Response;
  }

  write(text: string): void {
    this.writer?.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    this.writer?.close();
    this.writer = null;
  }

  cut(): void {
    this.writer?.error(new TypeError("network error"));
    this.writer = null;
  }
}

export const never = () => new Promise<Response>(() => undefined);
export const refusal =
  (status: number, text = "") =>
  () =>
    new Response(text, { status });
export const failure = () => Promise.reject(new TypeError("Failed to fetch"));
export const said = (text: string) => () => new Response(text);
