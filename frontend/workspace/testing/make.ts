import type { Agent, BoardVisitor, Conversation, Entry, Visit } from "../../shared/protocol.ts";

/** The agent that testing/page.ts signs in, and a colleague. */
export const BOB: Agent = { id: 2, agent_id: "bob", name: "Bob", status: "online" };
export const CAROL: Agent = { id: 3, agent_id: "carol", name: "Carol", status: "busy" };

export const PAGE = { url: "https://acme.example/pricing", title: "Pricing" };

export function makeConversation(facts: Partial<Conversation> = {}): Conversation {
  const id = facts.id ?? 1;
  return {
    id,
    state: "waiting",
    visitor: `visitor-${id}`,
    visitor_name: "",
    agent_id: null,
    agent_name: "",
    page: PAGE,
    requested_at: 1_000 * id,
    accepted_at: null,
    ended_at: null,
    ended_by: null,
    last_number: 2,
    marks: { visitor_delivered: 0, visitor_read: 0, agent_delivered: 0, agent_read: 0 },
    preview: "Hello",
    unread: 1,
    ...facts,
  };
}

/** One that Bob has accepted. */
export function makeOwn(facts: Partial<Conversation> = {}): Conversation {
  const accepted = { agent_id: BOB.id, agent_name: BOB.name, accepted_at: 5_000, last_number: 3 };
  return makeConversation({ state: "active", ...accepted, ...facts });
}

export function makeEntry(number: number, facts: Partial<Entry> = {}): Entry {
  return {
    number,
    kind: "text",
    side: "visitor",
    at: 1_000 * number,
    text: `Words ${number}`,
    ...facts,
  };
}

export function makeVisitor(visitor: string, facts: Partial<BoardVisitor> = {}): BoardVisitor {
  return { visitor, page: PAGE, entered_at: 1_000, language: "en", ...facts };
}

export function makeVisit(facts: Partial<Visit> = {}): Visit {
  return { began_at: 1_000, page: PAGE, ...facts };
}
