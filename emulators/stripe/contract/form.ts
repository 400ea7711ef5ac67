import { invalid } from "../errors";

export type Params = { [name: string]: unknown };

const deepest = 12;

/** Reads `a[b][]=1&a[c][0][d]=2` as Stripe does; indexes and `[]` make lists, an empty value stays "". */
export function readForm(text: string): Params {
  const root: Params = {};
  for (const [key, value] of new URLSearchParams(text)) place(root, pathOf(key), value);
  return listed(root) as Params;
}

function pathOf(key: string): string[] {
  const [head = "", ...rest] = key.split("[");
  const parts = [head, ...rest.map((part) => part.replace(/\]$/, ""))];
  if (parts.length > deepest) throw invalid(`Parameters nested too deeply: ${key.slice(0, 100)}`);
  return parts;
}

function place(root: Params, path: string[], value: string): void {
  let node = root;
  for (const [depth, part] of path.entries()) {
    const key = part === "" && depth > 0 ? String(Object.keys(node).length) : part;
    if (depth === path.length - 1) {
      Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
      return;
    }
    const found = Object.hasOwn(node, key) ? node[key] : undefined;
    const next = typeof found === "object" && found !== null ? (found as Params) : {};
    Object.defineProperty(node, key, { value: next, enumerable: true, configurable: true, writable: true });
    node = next;
  }
}

function listed(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node);
  if (entries.length > 0 && entries.every(([key], index) => key === String(index))) {
    return entries.map(([, value]) => listed(value));
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, listed(value)]));
}
