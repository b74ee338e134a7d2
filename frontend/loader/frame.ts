import { onConnect } from "./channel.ts";
import type { Deed, Said, Shown } from "./contract.ts";
import { make } from "./dom.ts";

/** The chat window: an iframe of our own origin, and the channel to it. */
export class Frame {
  readonly element: HTMLIFrameElement;
  private port: MessagePort | null = null;
  private told = { id: 0, count: 0 };

  constructor(
    origin: string,
    address: string,
    title: string,
    ready: () => void,
    wanted: (deed: Deed) => void,
  ) {
    this.element = make("iframe", { class: "frame", title, src: address });
    onConnect(this.element, origin, (port) => {
      this.port = port;
      this.told = { id: 0, count: 0 };
      port.onmessage = ({ data }: MessageEvent<Deed>) => {
        wanted(data);
      };
      ready();
    });
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
}
