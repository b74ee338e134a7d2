/** Small texts that outlive the page; where the browser forbids storage or is full, only the page. */
export class Store {
  private readonly storage: Storage | null;
  private readonly prefix: string;
  private readonly memory = new Map<string, string>();

  constructor(storage: Storage | null, prefix: string) {
    this.storage = storage;
    this.prefix = prefix;
  }

  get(key: string): string | null {
    return this.memory.get(key) ?? this.attempt((storage) => storage.getItem(this.prefix + key));
  }

  set(key: string, value: string): void {
    const kept = this.attempt((storage) => {
      storage.setItem(this.prefix + key, value);
      return true;
    });
    if (kept) this.memory.delete(key);
    else this.memory.set(key, value);
  }

  remove(key: string): void {
    this.memory.delete(key);
    this.attempt((storage) => {
      storage.removeItem(this.prefix + key);
      return true;
    });
  }

  keys(): string[] {
    const stored = this.attempt((storage) => Object.keys(storage)) ?? [];
    const own = stored.filter((key) => key.startsWith(this.prefix));
    const names = own.map((key) => key.slice(this.prefix.length));
    return [...new Set([...names, ...this.memory.keys()])];
  }

  private attempt<T>(action: (storage: Storage) => T): T | null {
    try {
      return this.storage && action(this.storage);
    } catch {
      return null;
    }
  }
}

/** Even naming a forbidden storage throws. */
export function storageOf(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}
