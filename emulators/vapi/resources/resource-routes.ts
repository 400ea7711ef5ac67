import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Clock } from "../../http/clock";
import type { JsonStore } from "../../http/json-store";
import type { HttpReply, HttpRequest, Route } from "../../http/router";
import { issuesAsMessages, VapiError } from "../errors";
import type { Identity } from "./types";

export interface ResourceKind<T extends Identity> {
  path: string;
  /** As the vendor would name it in "Couldn't find …". */
  title: string;
  shape: z.ZodType;
  store: JsonStore<T>;
  /** What a reader may see: secrets are withheld. */
  show?: (value: T) => object;
  /** Further checks on a body of the right shape; throws a `VapiError`. */
  check?: (value: T) => void;
  /** Properties the provider itself fills in on creation. */
  complete?: (value: T) => Partial<T>;
}

/** POST, GET (list), GET, PATCH and DELETE of one kind of resource. */
export function resourceRoutes<T extends Identity>(
  kind: ResourceKind<T>,
  owner: { orgId: string; clock: Clock },
): Route[] {
  const show = kind.show ?? ((value: T): object => value);
  const byId = `${kind.path}/:id`;
  const find = (request: HttpRequest): T => {
    const value = kind.store.get(request.params.id ?? "");
    if (!value) throw new VapiError(404, `Couldn't find ${kind.title} ${request.params.id}`);
    return value;
  };

  async function save(identity: Identity, fields: unknown): Promise<T> {
    const parsed = kind.shape.safeParse(fields);
    if (!parsed.success) throw new VapiError(400, issuesAsMessages(parsed.error));
    // The shape has just been checked; T is the vendor's type for it.
    let value = { ...(parsed.data as object), ...identity } as T;
    kind.check?.(value);
    value = { ...kind.complete?.(value), ...value };
    await kind.store.put(value);
    return value;
  }

  return [
    {
      method: "POST",
      pattern: kind.path,
      async handle(request): Promise<HttpReply> {
        const at = new Date(owner.clock.now()).toISOString();
        const identity = { id: randomUUID(), orgId: owner.orgId, createdAt: at, updatedAt: at };
        return { status: 201, body: show(await save(identity, await readObject(request))) };
      },
    },
    {
      method: "GET",
      pattern: kind.path,
      handle: (request) => ({ status: 200, body: newestFirst(kind.store.list(), request.query).map(show) }),
    },
    { method: "GET", pattern: byId, handle: (request) => ({ status: 200, body: show(find(request)) }) },
    {
      method: "PATCH",
      pattern: byId,
      async handle(request): Promise<HttpReply> {
        const { id, orgId, createdAt, updatedAt: _, ...fields } = find(request);
        const updatedAt = new Date(owner.clock.now()).toISOString();
        const merged = withoutNulls({ ...fields, ...(await readObject(request)) });
        return { status: 200, body: show(await save({ id, orgId, createdAt, updatedAt }, merged)) };
      },
    },
    {
      method: "DELETE",
      pattern: byId,
      async handle(request): Promise<HttpReply> {
        const value = find(request);
        await kind.store.delete(value.id);
        return { status: 200, body: show(value) };
      },
    },
  ];
}

export async function readObject(request: HttpRequest): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse((await request.body()).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new VapiError(400, "Body is not valid JSON");
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new VapiError(400, "Body must be a JSON object");
  }
  return value as Record<string, unknown>;
}

/** `limit` (default 100, at most 1000) and the created/updated bounds every list of the vendor takes. */
export function newestFirst<T extends Identity>(values: T[], query: URLSearchParams): T[] {
  const limit = query.get("limit");
  if (limit !== null && !/^\d{1,4}$/.test(limit)) throw new VapiError(400, ["limit must be an integer"]);
  const bounds: [string, (value: string, bound: string) => boolean][] = [
    ["Gt", (value, bound) => value > bound],
    ["Ge", (value, bound) => value >= bound],
    ["Lt", (value, bound) => value < bound],
    ["Le", (value, bound) => value <= bound],
  ];
  const kept = values.filter((value) =>
    (["createdAt", "updatedAt"] as const).every((field) =>
      bounds.every(([suffix, holds]) => {
        const bound = query.get(`${field}${suffix}`);
        return bound === null || holds(value[field], asInstant(bound));
      }),
    ),
  );
  kept.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1));
  return kept.slice(0, Math.min(Number(limit ?? 100), 1000));
}

function asInstant(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new VapiError(400, [`${text} must be an ISO 8601 date`]);
  return at.toISOString();
}

/** A PATCH with null clears a field. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
