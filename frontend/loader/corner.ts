import { fill } from "../shared/texts.ts";
import type { Availability } from "../shared/protocol.ts";
import { adopt, balloon, make } from "./dom.ts";
import css from "./loader.css?inline";
import type { LoaderTexts } from "./texts/index.ts";

/** Where everything of ours lives on the website's page: nothing of it touches the page's own layout. */
export class Corner {
  readonly box = make("div", { class: "corner" });
  private readonly host = make("parley-chat" as "div");
  private readonly dot = make("span", { class: "dot" });
  private readonly count = make("span", { class: "count", "aria-hidden": "true" });
  private readonly state = make("span", { class: "state", id: "state" });
  private readonly news = make("span", { class: "news", role: "status" });
  private readonly button: HTMLElement;

  constructor(button: HTMLElement) {
    this.button = button;
    button.className = "button";
    button.setAttribute("aria-describedby", "state");
    button.append(balloon(), this.dot, this.count);
    this.box.append(button, this.state, this.news);
    const root = this.host.attachShadow({ mode: "open" });
    adopt(root, css);
    root.append(this.box);
  }

  /** Beside the body, so that neither its transforms nor its replacement reach us. */
  show(): void {
    const page = document.querySelector("body") ?? document.documentElement;
    this.box.dir = getComputedStyle(page).direction;
    document.documentElement.append(this.host);
  }

  remove(): void {
    this.host.remove();
  }

  tell(texts: LoaderTexts, availability: Availability | null, unread: number): void {
    const news = unread ? fill(texts.news, { count: unread }) : "";
    this.button.setAttribute("aria-label", texts.button);
    this.dot.dataset["state"] = availability ?? "unknown";
    put(this.state, texts[availability ?? "unknown"]);
    put(this.news, news);
    put(this.count, unread > 99 ? "99+" : String(unread));
    this.count.hidden = !unread;
  }

  focus(): void {
    this.button.focus();
  }
}

/** A live region that is written to speaks, even with the same words. */
function put(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
