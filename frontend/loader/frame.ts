import { type Deed, GREETING, type Said, type Shown } from "./contract.ts";
import { make } from "./dom.ts";

/** The chat window: an iframe of our own origin, and the channel to it. */
export class Frame {
  readonly element: HTMLIFrameElement;
  private port: MessagePort | null = null;
  private told = { id: 0, count: 0 };
  private readonly origin: string;

  constructor(
    origin: string,
    address: string,
    title: string,
    ready: () => void,
    wanted: (deed: Deed) => void,
  ) {
    this.origin = origin;
    this.element = make("iframe", { class: "frame", title, src: address });
    this.element.onload = () => {
      this.connect(wanted);
      ready();
    };
  }

  say(said: Said): void {
    this.port?.postMessage(said);
  }

  /** Of the log only what the window does not have yet. */
  show(shown: Shown): void {
    if (!this.port) return;
    const { conversation } = shown;
    if (!conversation) this.told = { id: 0, count: 0 };
    this.say({
      says: "shown",
      // True also while the focus is in the window itself.
      hasFocus: document.hasFocus(),
      shown: { ...shown, conversation: conversation && this.rest(conversation) },
    });
  }

  private rest(
    conversation: NonNullable<Shown["conversation"]>,
  ): NonNullable<Shown["conversation"]> {
    const from = this.told.id === conversation.id ? this.told.count : 0;
    this.told = { id: conversation.id, count: conversation.entries.length };
    return { ...conversation, from, entries: conversation.entries.slice(from) };
  }

  /** The browser hands the port over only if the iframe shows our own origin. */
  private connect(wanted: (deed: Deed) => void): void {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.told = { id: 0, count: 0 };
    port1.onmessage = ({ data }: MessageEvent<Deed>) => {
      wanted(data);
    };
    this.element.contentWindow?.postMessage(GREETING, this.origin, [port2]);
  }
}
