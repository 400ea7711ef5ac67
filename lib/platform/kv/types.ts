/** Short-lived facts shared by the instances of one deployment (by the requests of one process where no cache is configured). */
export interface Kv {
  get(key: string): Promise<string | undefined>;
  /** False when `onlyIfAbsent` was asked and the key exists; else true. */
  set(key: string, value: string, options: { ttlSeconds: number; onlyIfAbsent?: boolean }): Promise<boolean>;
  del(key: string): Promise<void>;
  /** The count after adding one; the time to live starts with the first. */
  incr(key: string, options: { ttlSeconds: number }): Promise<number>;
}
