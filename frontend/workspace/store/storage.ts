import { page } from "./page.ts";

// Several companies and agents may share a browser.
const prefix = `parley:${page.company_id}:${page.agent.id}:`;

/** What is remembered in this browser; without storage it holds as long as the page. */
export function recall<T>(key: string, otherwise: T): T {
  try {
    const stored = localStorage.getItem(prefix + key);
    return stored === null ? otherwise : (JSON.parse(stored) as T);
  } catch {
    return otherwise;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works without.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Nothing was remembered then.
  }
}

/** The ends of the remembered keys that begin so. */
export function remembered(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + start))
      .map((key) => key.slice(prefix.length + start.length));
  } catch {
    return [];
  }
}
