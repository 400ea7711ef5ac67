import type { Kv } from "./types";

type Entry = { value: string; expiresAt: number };

const DEFAULT_MAX_ENTRIES = 50_000;

/**
 * In this process alone. When full, the entry written longest ago makes room. Counted by a clock that nobody can set: after a change of the
 * system's, what was to last a minute lasts a minute.
 */
export class MemoryKv implements Kv {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: { maxEntries?: number; now?: () => number } = {}) {}

  async get(key: string): Promise<string | undefined> {
    return this.live(key)?.value;
  }

  async set(key: string, value: string, options: { ttlSeconds: number; onlyIfAbsent?: boolean }): Promise<boolean> {
    if (options.onlyIfAbsent && this.live(key)) return false;
    this.write(key, { value, expiresAt: this.now() + options.ttlSeconds * 1000 });
    return true;
  }

  async del(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async incr(key: string, options: { ttlSeconds: number }): Promise<number> {
    const entry = this.live(key);
    const count = Number(entry?.value ?? 0) + 1;
    this.write(key, { value: String(count), expiresAt: entry?.expiresAt ?? this.now() + options.ttlSeconds * 1000 });
    return count;
  }

  private now = () => this.options.now?.() ?? performance.now();

  private live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAt > this.now()) return entry;
    this.entries.delete(key);
    return undefined;
  }

  private write(key: string, entry: Entry): void {
    this.entries.delete(key);
    const maxEntries = this.options.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (this.entries.size >= maxEntries)
      for (const [k, e] of this.entries) if (e.expiresAt <= this.now()) this.entries.delete(k);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size < maxEntries) break;
      this.entries.delete(oldest);
    }
    this.entries.set(key, entry);
  }
}
