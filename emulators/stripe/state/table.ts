export interface Kept {
  id: string;
}

export interface Table<T extends Kept> {
  readonly name: string;
  get(id: string): T | undefined;
  /** Adds, or notes that a kept object was changed in place. */
  save(value: T): T;
  delete(id: string): void;
  /** Oldest first; by an index if one is named. */
  all(index?: string, key?: string): readonly T[];
  /** Where it stands among all, oldest first. */
  rank(id: string): number;
  size(): number;
}

export type Keys<T> = Record<string, (value: T) => string | null | undefined>;

/** Objects in order of creation, with indexes by keys that an object gets once or later but does not change. */
export function createTable<T extends Kept>(
  name: string,
  onChange: (name: string, id: string, value: T | undefined) => void,
  keys: Keys<T> = {},
): Table<T> {
  const values = new Map<string, T>();
  const ranks = new Map<string, number>();
  const indexes = new Map(Object.keys(keys).map((index) => [index, new Map<string, T[]>()]));
  const placed = new Map(Object.keys(keys).map((index) => [index, new Map<string, string>()]));
  let list: T[] | undefined;
  let next = 0;

  function addToIndexes(value: T): void {
    for (const [index, keyOf] of Object.entries(keys)) {
      const key = keyOf(value);
      const known = placed.get(index)?.get(value.id);
      if (!key || key === known) continue;
      if (known !== undefined) removeFrom(index, known, value.id);
      placed.get(index)?.set(value.id, key);
      const entries = indexes.get(index)?.get(key);
      if (entries) entries.push(value);
      else indexes.get(index)?.set(key, [value]);
    }
  }

  function removeFrom(index: string, key: string, id: string): void {
    const left = (indexes.get(index)?.get(key) ?? []).filter((entry) => entry.id !== id);
    indexes.get(index)?.set(key, left);
  }

  return {
    name,
    get: (id) => values.get(id),
    save(value) {
      if (!values.has(value.id)) {
        ranks.set(value.id, next++);
        list?.push(value);
      } else if (values.get(value.id) !== value) {
        list = undefined;
      }
      values.set(value.id, value);
      addToIndexes(value);
      onChange(name, value.id, value);
      return value;
    },
    delete(id) {
      if (!values.delete(id)) return;
      list = undefined;
      for (const [index, keyed] of placed) {
        const key = keyed.get(id);
        if (key !== undefined) removeFrom(index, key, id);
        keyed.delete(id);
      }
      onChange(name, id, undefined);
    },
    all(index, key) {
      if (index !== undefined) return indexes.get(index)?.get(key ?? "") ?? [];
      list ??= [...values.values()];
      return list;
    },
    rank: (id) => ranks.get(id) ?? -1,
    size: () => values.size,
  };
}
