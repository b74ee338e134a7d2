import { signal } from "@preact/signals";

/** `asked`: only the person in front of it can tell. */
export type Verdict = "working" | "good" | "care" | "bad" | "asked";

export interface Finding {
  verdict: Verdict;
  /** In a few words. */
  result: string;
  /** What it means or what to do about it. */
  advice?: string;
}

export const NAMES = [
  "websocket",
  "stream",
  "poll",
  "quality",
  "clock",
  "sound",
  "notifications",
  "storage",
  "zone",
] as const;
export type Name = (typeof NAMES)[number];

export const findings = signal<Partial<Record<Name, Finding>>>({});

export function found(name: Name, finding: Finding): void {
  findings.value = { ...findings.value, [name]: finding };
}

export function good(result: string, advice?: string): Finding {
  return { verdict: "good", result, ...(advice && { advice }) };
}

export function care(result: string, advice: string): Finding {
  return { verdict: "care", result, advice };
}

export function bad(result: string, advice: string): Finding {
  return { verdict: "bad", result, advice };
}

export function asked(result: string, advice: string): Finding {
  return { verdict: "asked", result, advice };
}
