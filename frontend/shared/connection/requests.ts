/** A request that was answered with something else than success. */
export class Unwelcome extends Error {
  readonly status: number;
  /** The code that the session closed with, where the server says it. */
  readonly code: number;

  constructor(status: number, code: number) {
    super(`Answered with ${String(status)}`);
    this.status = status;
    this.code = code;
  }
}

/** Frames sent again are taken once; a request refused like this may be sent again as it is. */
const PASSING = [429, 500, 502, 503, 504];

/** Whether trying again may help: the network was cut, or somebody on the way is busy. */
export const isPassing = (trouble: unknown): boolean =>
  !(trouble instanceof Unwelcome) || PASSING.includes(trouble.status);

/** Rejects with Unwelcome, or however the browser says that the network failed. */
export async function post(url: string, body: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    body,
    signal,
    cache: "no-store",
    credentials: "omit",
  });
  if (!response.ok) throw new Unwelcome(response.status, Number(await response.text()) || 0);
  return response;
}

/** Ends when told to, or when the time is up; `extend` begins the time anew. */
export class Patience {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly outer: AbortSignal;

  constructor(outer: AbortSignal, milliseconds: number) {
    this.outer = outer;
    this.signal = this.controller.signal;
    outer.addEventListener("abort", this.end);
    this.extend(milliseconds);
  }

  extend(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.end, milliseconds);
  }

  /** The request is over by itself. */
  done(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.end);
  }

  private readonly end = (): void => {
    this.controller.abort();
  };
}

export const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });
