export { MemoryKv } from "./memory-kv";
export type { Kv } from "./types";
