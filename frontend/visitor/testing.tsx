import type { ComponentChild } from "preact";
import { render } from "preact";

import type { Shown, VisitorLetter } from "../loader/contract.ts";
import type { Letter } from "../shared/connection/outbox.ts";
import type { Entry, State } from "../shared/protocol.ts";
import { take } from "./state.ts";

export const connected = { phase: "open", attempt: 0, retryAt: 0 } as const;

/** What the loader says, in the parts that matter to a test. */
export function say(shown: Partial<Shown>, hasFocus = true): void {
  const nothing = {
    version: "",
    availability: "online",
    conversation: null,
    letters: [],
    left: [],
  };
  take({ shown: { connection: connected, ...nothing, ...shown } as Shown, hasFocus });
}

export const talk = (entries: readonly Entry[], state: State = "active", from = 0) => ({
  id: 7,
  state,
  agent: "Bob",
  marks: {},
  from,
  entries,
});

export const letter = (text: string, failure?: string): Letter<VisitorLetter> => ({
  command: { type: "message.send", conversation_id: 7, client_id: `name of ${text}`, text },
  at: 1_000,
  ...(failure && { failure: { code: failure, message: `It is ${failure}.`, field: null } }),
});

/** Draws something into the page. */
export function draw(what: ComponentChild): HTMLElement {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  render(what, place);
  return place;
}

/** Lets what changed be drawn. */
export const drawn = () => new Promise((resolve) => setTimeout(resolve, 5));

export function press(place: HTMLElement, name: string): void {
  const buttons = [...place.querySelectorAll("button")];
  const button = buttons.find((each) =>
    [each.textContent, each.getAttribute("aria-label")].includes(name),
  );
  if (!button) throw new Error(`There is no button ${name}`);
  button.click();
}

export function type(box: Element | null, value: string): void {
  if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement))
    throw new Error("Nothing can be typed there");
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
