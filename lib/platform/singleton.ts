/** Route handlers and pages get separate module instances: what must exist once per process is kept on globalThis. */
export function singleton<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, unknown>;
  const key = Symbol.for(`caly.${name}`);
  if (!(key in store)) store[key] = create();
  return store[key] as T;
}
