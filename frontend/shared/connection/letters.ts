import { isPassing, Patience, pause, post, Unwelcome } from "./requests.ts";

const ANSWER_WITHIN = 10_000;
const ATTEMPTS = 4;
/** Of one request, so that it stays below the server's bound in any language. */
const MOST_CHARACTERS = 65_536;
const MOST_FRAMES = 50;

export interface LettersOptions {
  url: string;
  signal: AbortSignal;
  /** The name of the session, and the highest number that has come down. */
  session: () => string;
  heard: () => number;
  failed: (code: number) => void;
}

/** Frames on their way up: one request after another, numbered, sent again until the server has them. */
export class Letters {
  private readonly waiting: string[] = [];
  private arrived = 0;
  private isDue = false;
  private isBusy = false;
  private readonly options: LettersOptions;

  constructor(options: LettersOptions) {
    this.options = options;
  }

  add(frame: string): void {
    this.waiting.push(frame);
    void this.deliver();
  }

  /** Tells what has come down, without saying anything. */
  confirm(): void {
    this.isDue = true;
    void this.deliver();
  }

  private async deliver(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while ((this.waiting.length || this.isDue) && !this.options.signal.aborted) await this.send();
    } catch (trouble) {
      this.options.failed((trouble instanceof Unwelcome && trouble.code) || 1006);
    }
    this.isBusy = false;
  }

  private async send(): Promise<void> {
    const count = this.fitting();
    this.isDue = false;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.request(this.waiting.slice(0, count));
        break;
      } catch (trouble) {
        if (attempt === ATTEMPTS || !isPassing(trouble) || this.options.signal.aborted)
          throw trouble;
        await pause(250 * 2 ** attempt);
      }
    }
    this.arrived += count;
    this.waiting.splice(0, count);
  }

  private async request(frames: string[]): Promise<void> {
    const { url, signal, session, heard } = this.options;
    const facts = { session: session(), heard: heard(), number: this.arrived + 1 };
    // The frames are JSON already.
    const body = `${JSON.stringify(facts).slice(0, -1)},"frames":[${frames.join()}]}`;
    const patience = new Patience(signal, ANSWER_WITHIN);
    try {
      await post(url, body, patience.signal);
    } finally {
      patience.done();
    }
  }

  /** How many of the waiting ones go into one request; at least one. */
  private fitting(): number {
    let size = 0;
    const beyond = this.waiting.findIndex((frame, at) => {
      size += frame.length;
      return at > 0 && (size > MOST_CHARACTERS || at === MOST_FRAMES);
    });
    return beyond < 0 ? this.waiting.length : beyond;
  }
}
