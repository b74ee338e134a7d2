import { Connection, type Socket } from "../shared/connection/connection.ts";
import { Lost, type Refusal } from "../shared/connection/errors.ts";
import {
  agentOf,
  apply,
  applyMarks,
  applyNewest,
  applyOpened,
  has,
  type Log,
  logOf,
  missingAfter,
  stateOf,
  unreadOf,
} from "../shared/connection/log.ts";
import { type Letter, Outbox } from "../shared/connection/outbox.ts";
import { pauseBefore } from "../shared/connection/pauses.ts";
import { Store } from "../shared/connection/store.ts";
import type {
  Availability,
  AvailabilityChanged,
  ConversationOpened,
  Result,
  VisitorCommand,
  VisitorEvent,
  VisitorSessionOpened,
} from "../shared/protocol.ts";
import type { Deed, Shown, VisitorLetter } from "./contract.ts";
import { Identity } from "./identity.ts";
import { Marker } from "./marker.ts";
import { currentPage, wellFormed } from "./page.ts";

const CONVERSATION = "conversation";
/** Refusals after which nothing helps. */
const FINAL = ["origin_not_allowed", "company_closed"];

export interface SessionOptions {
  /** Where Parley is, e.g. https://chat.example. */
  origin: string;
  company: string;
  /** Where no WebSocket is to be had, something that behaves like one. */
  dial?: (url: string, failures: number) => Socket | null;
  storage: Storage | null;
  changed: () => void;
  /** This website may not carry the chat. */
  unwelcome: () => void;
}

/** The visitor's side of everything: who they are, their conversation, what they still have to send. */
export class VisitorSession {
  /** Through whose icon one asks: the id of a group, as the website names it; without one, of everybody. */
  group: string | undefined;
  private told: AvailabilityChanged | VisitorSessionOpened | null = null;
  readonly store: Store;
  private version = "";
  private log: Log | null = null;
  private left: string[] = [];
  private ending = 0;
  /** The conversation that another one was begun after: what still comes of it is old news. */
  private over: number | undefined;
  private fetching = false;
  private readonly identity: Identity;
  private readonly outbox: Outbox<VisitorLetter>;
  private readonly connection: Connection<VisitorCommand, VisitorEvent>;
  private readonly marker: Marker;
  private readonly options: SessionOptions;

  constructor(options: SessionOptions) {
    this.options = options;
    this.store = new Store(options.storage, `parley:${options.company}:`);
    this.identity = new Identity(this.store);
    this.marker = new Marker((marks) =>
      this.connection.ask({ type: "conversation.mark", ...marks }),
    );
    this.outbox = new Outbox<VisitorLetter>({
      store: new Store(options.storage, `parley:${options.company}:out:`),
      send: (letter) => this.connection.ask(letter),
      // One queue: the words that begin a conversation come before those that follow.
      queueOf: () => "",
      sent: this.takeAnswer,
      changed: options.changed,
    });
    this.connection = new Connection({
      url: () => `${options.origin.replace(/^http/, "ws")}/live/c/${options.company}/visitor`,
      dial: options.dial,
      opening: () => ({
        type: "session.open",
        token: this.identity.present(),
        page: currentPage(),
        language: wellFormed(this.store.get("language") ?? navigator.language, 35),
        referrer: wellFormed(document.referrer, 2_000),
      }),
      heard: this.hear,
      changed: options.changed,
      following: () => (this.log ? [this.log.id] : []),
      refused: this.weigh,
    });
  }

  open(): void {
    this.connection.open();
  }

  close(): void {
    this.connection.close();
  }

  /** Another tab may have written to the storage that all share. */
  look(): void {
    if (this.identity.isOutdated()) this.become();
  }

  viewPage(): void {
    void this.ask({ type: "page.view", page: currentPage() });
  }

  /** How many of the agents' words the visitor has not seen. */
  get unread(): number {
    return this.log ? unreadOf(this.log, "visitor") : 0;
  }

  /** What this page shows of whoever would answer. */
  get availability(): Availability | null {
    return this.told && (this.told.groups?.[Number(this.group)] ?? this.told.availability);
  }

  get isTalking(): boolean {
    return !!this.log && stateOf(this.log) !== "ended";
  }

  get isSettled(): boolean {
    return this.connection.state.phase !== "connecting";
  }

  shown(): Shown {
    const { availability, left, log, version } = this;
    const conversation = log && {
      id: log.id,
      state: stateOf(log),
      agent: agentOf(log),
      marks: log.marks,
      from: 0,
      entries: log.entries,
    };
    const letters = this.outbox.all();
    return {
      connection: this.connection.state,
      version,
      availability,
      conversation,
      letters,
      left,
    };
  }

  carryOut(deed: Deed): void {
    if (deed.does === "say") this.say(deed.name, deed.text);
    else if (deed.does === "leave")
      this.outbox.add({ type: "offline_message.leave", page: currentPage(), ...deed.message });
    else if (deed.does === "drop") this.outbox.drop(deed.name);
    else if (deed.does === "read") this.read(deed.number);
    else if (deed.does === "end") this.end(this.log?.id ?? 0);
    else if (deed.does === "begin") this.forget();
    else if (deed.does === "retry") this.connection.retry();
    else if (deed.does === "keep") this.store.set(deed.key, deed.value);
  }

  /** Under the name of words that were refused this is "send again". */
  private say(client_id: string, text: string): void {
    const words = { client_id, text };
    if (this.log && this.isTalking)
      this.outbox.add({ type: "message.send", conversation_id: this.log.id, ...words });
    else
      this.outbox.add({
        type: "conversation.request",
        page: currentPage(),
        // Whatever the website says, a whole number comes of it.
        group: Number(this.group) >>> 0,
        ...words,
      });
  }

  private read(number: number): void {
    if (!this.log) return;
    this.update(applyMarks(this.log, { visitor_read: number }));
  }

  /** Asked again after a lost connection: ending an ended conversation changes nothing. */
  private end(conversation_id: number): void {
    this.ending = conversation_id;
    if (!conversation_id) return;
    const done = () => (this.ending = 0);
    void this.ask({ type: "conversation.end", conversation_id }, done, done);
  }

  private forget(): void {
    this.over = this.log?.id;
    this.store.remove(CONVERSATION);
    this.log = null;
    this.options.changed();
  }

  private become(): void {
    this.connection.close();
    this.log = null;
    this.connection.open();
  }

  private readonly weigh = (refusal: Refusal): boolean => {
    // A forged or outdated token: from now on this is a new visitor.
    if (refusal.code.startsWith("visitor_token")) this.identity.forget();
    const isFinal = FINAL.includes(refusal.code);
    if (isFinal) this.options.unwelcome();
    return !isFinal;
  };

  private readonly hear = (event: VisitorEvent): void => {
    if ("availability" in event) this.told = event;
    if (event.type === "session.opened") {
      this.version = event.version;
      if (this.identity.accept(event.token)) void this.resume();
      else this.become();
    } else if (event.type === "conversation.begun") {
      if (this.log?.id !== event.conversation_id) void this.follow(event.conversation_id, 0);
    } else if (event.type === "entry.created") {
      this.updateOf(event.conversation_id, (log) => apply(log, event.entry));
    } else if (event.type === "conversation.marked") {
      this.updateOf(event.conversation_id, (log) => applyMarks(log, event.marks));
    } else if (event.type === "heartbeat.answered") {
      this.updateOf(this.log?.id, (log) => applyNewest(log, event.numbers[log.id] ?? 0));
      this.outbox.flush();
    } else if (event.type === "resync") {
      this.connection.check();
      // A conversation may have begun in another tab meanwhile.
      this.resumeSoon();
    }
    this.options.changed();
  };

  /** Everybody here may be about to ask, and so not all at once. */
  private readonly resumeSoon = (): void => {
    setTimeout(() => void this.resume(), pauseBefore(5));
  };

  /** After each greeting: the open conversation, or the ended one that is still looked at. */
  private async resume(): Promise<void> {
    this.marker.reset();
    this.outbox.flush();
    this.end(this.ending);
    const known = this.log?.id ?? Number(this.store.get(CONVERSATION));
    await this.ask(
      { type: "conversation.current" },
      (result) => {
        if (result?.kind === "conversation") this.take(result);
        else if (known) void this.follow(known, this.log?.entries.length ?? 0);
      },
      this.resumeSoon,
    );
  }

  private follow(conversation_id: number, after: number): Promise<void> {
    const follow = { type: "conversation.follow", conversation_id, after } as const;
    const gone = () => {
      if (!this.log) this.store.remove(CONVERSATION);
    };
    return this.ask(
      follow,
      (result) => {
        if (result?.kind === "conversation") this.take(result);
      },
      gone,
    );
  }

  private take(opened: ConversationOpened): void {
    const { conversation } = opened;
    // An answer that comes late, when there is a newer one.
    if (conversation.id < (this.log?.id ?? 0)) return;
    const log = this.log?.id === conversation.id ? this.log : logOf(conversation);
    this.store.set(CONVERSATION, String(conversation.id));
    this.update(applyOpened(log, opened));
  }

  private readonly takeAnswer = ({ command }: Letter<VisitorLetter>, result: Result | null) => {
    if (command.type === "offline_message.leave") this.left = [...this.left, command.client_id];
    if (result?.kind === "conversation") this.take(result);
    if (result?.kind !== "message") return;
    const { client_id, text } = command;
    if (this.log?.id !== result.conversation_id) void this.follow(result.conversation_id, 0);
    else
      this.update(
        apply(this.log, {
          kind: "text",
          side: "visitor",
          number: result.number,
          at: result.at,
          client_id,
          text,
        }),
      );
  };

  private updateOf(id: number | undefined, change: (log: Log) => Log): void {
    if (this.log && this.log.id === id) this.update(change(this.log));
    // Said while the conversation itself is on its way, which may not tell of it.
    else if (id && !this.log && id !== this.over) void this.follow(id, 0);
  }

  private update(log: Log): void {
    this.log = log;
    this.outbox.all().forEach(({ command }) => {
      if (has(log, command.client_id)) this.outbox.drop(command.client_id);
    });
    this.marker.note(log);
    this.options.changed();
    void this.fill(log);
  }

  /** Fetches what is missing; once more only if that brought something, or for another conversation. */
  private async fill(log: Log): Promise<void> {
    const after = missingAfter(log);
    if (after === null || this.fetching) return;
    this.fetching = true;
    await this.follow(log.id, after);
    this.fetching = false;
    if (this.log && (this.log.id !== log.id || this.log.entries.length > after))
      void this.fill(this.log);
  }

  private ask(
    command: Parameters<Connection<VisitorCommand, VisitorEvent>["ask"]>[0],
    done: (result: Result | null) => void = () => undefined,
    refused: () => void = () => undefined,
  ): Promise<void> {
    return this.connection.ask(command).then(done, (trouble: unknown) => {
      if (!(trouble instanceof Lost)) refused();
    });
  }
}
