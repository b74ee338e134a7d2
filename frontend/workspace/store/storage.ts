import { Store, storageOf } from "../../shared/connection/store.ts";
import { page } from "./page.ts";

// Several companies and agents may share a browser.
const prefix = `parley:${page.company_id}:${page.agent.id}:`;
const store = storeFor("");

export function storeFor(part: string): Store {
  return new Store(storageOf("localStorage"), prefix + part);
}

/** What is remembered in this browser; without storage it holds as long as the page. */
export function recall<T>(key: string, otherwise: T): T {
  try {
    const stored = store.get(key);
    return stored === null ? otherwise : (JSON.parse(stored) as T);
  } catch {
    return otherwise;
  }
}

export function remember(key: string, value: unknown): void {
  store.set(key, JSON.stringify(value));
}

export function forget(key: string): void {
  store.remove(key);
}

/** The ends of the remembered keys that begin so. */
export function remembered(start: string): string[] {
  const keys = store.keys().filter((key) => key.startsWith(start));
  return keys.map((key) => key.slice(start.length));
}
