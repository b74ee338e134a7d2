import { storageOf, Store } from "../shared/connection/store.ts";
import type { Socket } from "../shared/connection/connection.ts";
import type { Deed } from "./contract.ts";
import { Corner } from "./corner.ts";
import { make } from "./dom.ts";
import { Frame } from "./frame.ts";
import { openLine } from "./line.ts";
import { onPageChange } from "./page.ts";
import { VisitorSession } from "./session.ts";
import { textsFor } from "./texts/index.ts";
import { followKeyboard } from "./viewport.ts";

/** If the server takes longer to greet, the button is shown before it has. */
const PATIENCE = 2_500;
const OPEN = "open";
const LINE = "line";
const NARROW = "(max-width: 479px)";

/** Button, window and session on one page of the website. */
export class App {
  private isOpen = false;
  private isShown = false;
  private isUnwelcome = false;
  private isDue = false;
  private frame: Frame | null = null;
  private readonly button = make("button", { type: "button", "aria-expanded": "false" });
  private readonly corner = new Corner(this.button);
  private readonly tab: Store;
  private readonly session: VisitorSession;
  private readonly origin: string;
  private readonly company: string;

  constructor(origin: string, company: string, group?: string) {
    this.origin = origin;
    this.company = company;
    this.tab = new Store(storageOf("sessionStorage"), `parley:${company}:`);
    this.session = new VisitorSession({
      origin,
      company,
      storage: storageOf("localStorage"),
      changed: this.changed,
      unwelcome: this.leave,
      dial: this.dial,
    });
    this.session.group = group;
    this.button.onclick = () => {
      this.turn(!this.isOpen);
    };
  }

  start(): void {
    this.session.open();
    document.addEventListener("securitypolicyviolation", this.noteRefusal);
    addEventListener("storage", () => {
      this.session.look();
    });
    // A page with an open socket could not be kept for the back button.
    addEventListener("pagehide", () => {
      this.session.close();
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && !this.isUnwelcome) this.session.open();
    });
    addEventListener("focus", this.changed);
    // Links and buttons of the website's own, which name the group they are for.
    addEventListener("click", (event) => {
      const own = (event.target as Element).closest<HTMLElement>("[data-parley-group]");
      if (!own) return;
      event.preventDefault();
      this.session.group = own.dataset["parleyGroup"];
      this.turn(true);
      this.changed();
    });
    onPageChange(() => {
      this.session.viewPage();
    });
    setTimeout(() => {
      this.appear();
    }, PATIENCE);
    if (this.tab.get(OPEN) === "1") this.turn(true, false);
  }

  /** A WebSocket, unless it is known that none gets through, or to find out each third time that one fails. */
  private readonly dial = (_: string, failures: number): Socket | null => {
    const note = this.tab.get(LINE) ?? "";
    return note || failures % 3 > 1
      ? openLine(this.origin, `${this.addressOf("line")}#${note}`, this.needLine)
      : null;
  };

  private readonly needLine = (note: string): void => {
    this.tab.set(LINE, note);
  };

  private readonly noteRefusal = ({
    blockedURI,
    disposition,
  }: SecurityPolicyViolationEvent): void => {
    if (disposition === "report" || !blockedURI.startsWith("ws")) return;
    if (!blockedURI.includes(new URL(this.origin).host)) return;
    this.needLine("1");
    this.session.close();
    this.session.open();
  };

  /** Many changes of one moment are drawn once. */
  private readonly changed = (): void => {
    if (this.isDue) return;
    this.isDue = true;
    setTimeout(() => {
      this.isDue = false;
      this.draw();
    });
  };

  private draw(): void {
    if (this.isUnwelcome) return;
    const { availability, unread, isSettled, isTalking } = this.session;
    if (isSettled) this.appear();
    if (isTalking && this.isNewTab()) this.turn(true, false);
    this.corner.tell(this.texts(), availability, unread);
    this.frame?.show(this.session.shown());
  }

  private appear(): void {
    if (this.isShown || this.isUnwelcome) return;
    this.isShown = true;
    const { availability, unread } = this.session;
    this.corner.tell(this.texts(), availability, unread);
    this.corner.show();
  }

  /** Opened while a conversation goes on in another tab, with its window open there. */
  private isNewTab(): boolean {
    const { store } = this.session;
    return !this.tab.get(OPEN) && store.get(OPEN) === "1" && !matchMedia(NARROW).matches;
  }

  private turn(open: boolean, focus = true): void {
    this.appear();
    this.isOpen = open;
    this.tab.set(OPEN, open ? "1" : "0");
    this.session.store.set(OPEN, open ? "1" : "0");
    this.frame ??= open ? this.makeFrame() : null;
    this.corner.box.classList.toggle("open", open);
    this.button.setAttribute("aria-expanded", String(open));
    this.frame?.say({ isOpen: open });
    if (focus && open) this.frame?.element.focus();
    if (focus && !open) this.corner.focus();
  }

  private makeFrame(): Frame {
    const frame = new Frame(
      this.origin,
      this.addressOf("window"),
      this.texts().window,
      this.greet,
      this.carryOut,
    );
    this.corner.box.append(frame.element);
    followKeyboard(frame.element);
    // The browser must have drawn it closed once, or it would not glide open.
    frame.element.getBoundingClientRect();
    return frame;
  }

  private addressOf(page: string): string {
    return `${this.origin}/w/${this.company}/${page}/`;
  }

  private readonly greet = (): void => {
    const { store } = this.session;
    const kept = { draft: store.get("draft") ?? "", language: store.get("language") ?? "" };
    this.frame?.say({ kept, isOpen: this.isOpen });
    this.frame?.show(this.session.shown());
  };

  private readonly carryOut = (deed: Deed): void => {
    if (deed.does === "minimise") this.turn(false);
    else this.session.carryOut(deed);
    if (deed.does === "keep" && deed.key === "language") this.changed();
  };

  private readonly leave = (): void => {
    this.isUnwelcome = true;
    this.corner.remove();
  };

  private texts() {
    return textsFor(this.session.store.get("language") ?? navigator.language);
  }
}
