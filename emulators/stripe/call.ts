import type { Params } from "./contract/form";
import type { OperationName } from "./contract/operations";
import { missing } from "./errors";
import type { Books } from "./state/books";
import type { Kept, Table } from "./state/table";
import type { World } from "./world";

/** One request to the API, its parameters already checked against the SDK's types. */
export interface Call<P = Params> {
  world: World;
  books: Books;
  params: P;
  /** From the path. */
  ids: Record<string, string>;
  path: string;
  idempotencyKey: string | undefined;
}

export type Handler = (call: Call) => object;
export type Handlers<N extends OperationName> = Record<N, Handler>;

/** The types are the installed SDK's, which `validateRequest` held the parameters to. */
export const handler =
  <P>(run: (call: Call<P>) => object): Handler =>
  (call) =>
    run(call as unknown as Call<P>);

/** The object a path names, or Stripe's 404. */
export function need<T extends Kept>(table: Table<T>, id: string | undefined, kind: string, param = "id"): T {
  const found = id === undefined ? undefined : table.get(id);
  if (!found) throw missing(kind, id ?? "", param);
  return found;
}

type Metadata = Record<string, string>;

/** Keys given as "" are taken away; "" in place of all takes all away. */
export function mergeMetadata(old: Metadata, given: unknown): Metadata {
  if (given === undefined) return old;
  if (given === "" || given === null) return {};
  const merged: Metadata = { ...old };
  for (const [key, value] of Object.entries(given as Record<string, string | number | null>)) {
    if (value === "" || value === null) delete merged[key];
    else merged[key] = String(value);
  }
  return merged;
}

/** "" unsets. */
export const emptied = <T>(value: T | "" | null | undefined): T | null =>
  value === "" || value === null || value === undefined ? null : value;
