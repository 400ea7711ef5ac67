import { createHash } from "node:crypto";
import type { HttpReply, HttpRequest, Route } from "../../http/router";
import { expandTree, render } from "../answers/render";
import { type Params, readForm } from "../contract/form";
import { checkLimits } from "../contract/limits";
import type { OperationName } from "../contract/operations";
import { sdkOperations, validateRequest } from "../contract/validate";
import { errorReply, invalid, StripeError } from "../errors";
import { apiVersion } from "../events/record-event";
import { FAILS } from "../faults";
import type { Books } from "../state/books";
import { newId } from "../state/ids";
import { tooManyForCustomer } from "../usage/meter-events";
import type { World } from "../world";
import { handlers } from "./handlers";

const keptFor = 86_400_000;

/** Every operation we play, at the SDK's own paths. */
export function apiRoutes(world: World): Route[] {
  const names = Object.keys(sdkOperations) as OperationName[];
  // Fixed segments before ids: `/v1/customers/search` is not the customer "search".
  const ordered = names.sort(
    (a, b) => sdkOperations[a].pattern.split(":").length - sdkOperations[b].pattern.split(":").length,
  );
  const counting = new Set<string>();
  return ordered.map((name) => ({
    method: sdkOperations[name].method,
    pattern: sdkOperations[name].pattern,
    handle: (request) => answer(world, name, request, counting),
  }));
}

async function answer(
  world: World,
  name: OperationName,
  request: HttpRequest,
  counting: Set<string>,
): Promise<HttpReply> {
  const requestId = newId("req", 14);
  const idempotencyKey = header(request, "idempotency-key");
  const headers: Record<string, string> = {
    "request-id": requestId,
    "stripe-version": header(request, "stripe-version") ?? apiVersion,
    ...(idempotencyKey ? { "idempotency-key": idempotencyKey, "original-request": requestId } : {}),
    ...(header(request, "stripe-account") ? { "stripe-account": header(request, "stripe-account") ?? "" } : {}),
  };
  let reply: HttpReply;
  try {
    const text = request.method === "POST" ? (await request.body()).toString("utf8") : "";
    authorise(request);
    const books = world.books(header(request, "stripe-account") ?? header(request, "stripe-context"));
    const params = readParams(request, text);
    reply = await withKey(world, books, request, requestId, idempotencyKey, JSON.stringify(params), () =>
      countingAlone(world, name, params, counting, () =>
        run(world, books, name, request, params, requestId, idempotencyKey),
      ),
    );
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    reply = errorReply(error, requestId);
  }
  world.afterRequest();
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function authorise(request: HttpRequest): void {
  const given = header(request, "authorization") ?? "";
  const basic = /^Basic (\S+)$/i.exec(given)?.[1];
  const key = basic ? Buffer.from(basic, "base64").toString("utf8").split(":")[0] : /^Bearer (\S+)$/i.exec(given)?.[1];
  if (!key)
    throw new StripeError(
      401,
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (!/^(sk|rk)_(test|live)_\w+$/.test(key))
    throw new StripeError(401, `Invalid API Key provided: ${key.slice(0, 8)}****`);
  if (/_live_/.test(key))
    throw new StripeError(401, "This is an emulator of Stripe's test mode: live keys are refused.");
  const version = header(request, "stripe-version");
  if (version !== undefined && version !== apiVersion)
    throw invalid(`Invalid Stripe API version: ${version}. The emulator plays ${apiVersion} alone.`);
}

function readParams(request: HttpRequest, text: string): Params {
  const query = readForm(request.query.toString());
  if (text === "") return query;
  const type = header(request, "content-type") ?? "";
  if (type.startsWith("application/json")) {
    if (!request.path.startsWith("/v2/"))
      throw invalid("Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("no object");
      return { ...query, ...value };
    } catch {
      throw invalid("Invalid JSON in the request body.");
    }
  }
  if (type !== "" && !type.startsWith("application/x-www-form-urlencoded"))
    throw invalid("Invalid request (check that your POST content type is application/x-www-form-urlencoded).");
  return { ...query, ...readForm(text) };
}

function run(
  world: World,
  books: Books,
  name: OperationName,
  request: HttpRequest,
  params: Params,
  requestId: string,
  idempotencyKey: string | undefined,
): HttpReply {
  if (header(request, FAILS)) throw new StripeError(500, "An unknown error occurred.", { type: "api_error" });
  const { expand, ...given } = params;
  const tree = expandTree(expand);
  world.cause = { requestId, idempotencyKey: idempotencyKey ?? null };
  try {
    const call = { world, books, params: given, ids: request.params, path: request.path, idempotencyKey };
    const value = handlers[name](call);
    return { status: 200, body: render(books, value, tree) as object };
  } finally {
    world.cause = undefined;
  }
}

const inProgress = new WeakMap<Books, Set<string>>();

/** Replays what a key answered before; a key with other parameters, or in use, is refused. */
async function withKey(
  world: World,
  books: Books,
  request: HttpRequest,
  requestId: string,
  key: string | undefined,
  text: string,
  work: () => Promise<HttpReply>,
): Promise<HttpReply> {
  if (!key || request.method !== "POST") return caught(requestId, work);
  if (key.length > 255) throw invalid("Idempotency keys are at most 255 characters.");
  const fingerprint = createHash("sha256").update(`${request.method} ${request.path}\n${text}`).digest("hex");
  const now = world.clock.now();
  const known = books.idempotent.get(key);
  if (known && now - known.at < keptFor) {
    if (known.fingerprint !== fingerprint)
      throw new StripeError(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        { type: "idempotency_error" },
      );
    return {
      status: known.status,
      headers: {
        "idempotent-replayed": "true",
        "original-request": known.requestId,
        "content-type": "application/json; charset=utf-8",
      },
      body: known.body,
    };
  }
  const running = inProgress.get(books) ?? new Set();
  inProgress.set(books, running);
  if (running.has(key))
    throw new StripeError(
      409,
      `There is currently another in-progress request using this Stripe API key and Idempotency Key. Please try again later.`,
      {
        code: "idempotency_key_in_use",
        type: "idempotency_error",
      },
    );
  running.add(key);
  try {
    const reply = await caught(requestId, work);
    // What was refused before anything was done is not kept, nor what is to be tried again.
    const isKept = reply.status !== 429 && reply.status !== 409 && !reply.headers?.["x-unkept"];
    if (isKept)
      books.idempotent.save({
        id: key,
        fingerprint,
        requestId,
        at: now,
        status: reply.status,
        body: JSON.stringify(reply.body),
      });
    return reply;
  } finally {
    running.delete(key);
  }
}

async function caught(requestId: string, work: () => Promise<HttpReply>): Promise<HttpReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotBegun) return { ...errorReply(error.cause, requestId), headers: { "x-unkept": "true" } };
    if (error instanceof StripeError) return errorReply(error, requestId);
    throw error;
  }
}

/** A request that was refused for its form, before anything was done. */
class NotBegun extends Error {
  constructor(override readonly cause: StripeError) {
    super(cause.message);
  }
}

async function countingAlone(
  world: World,
  name: OperationName,
  params: Params,
  counting: Set<string>,
  work: () => HttpReply,
): Promise<HttpReply> {
  try {
    validateRequest(name, params);
    checkLimits(params);
  } catch (error) {
    throw error instanceof StripeError ? new NotBegun(error) : error;
  }
  const ms = world.faults.state().meterEventMs ?? 0;
  if (ms === 0 || !name.endsWith("MeterEvents.create")) return work();
  const payload = params.payload as Record<string, string> | undefined;
  const key = `${params.event_name} ${payload?.stripe_customer_id}`;
  if (counting.has(key)) throw tooManyForCustomer();
  counting.add(key);
  try {
    await world.clock.sleep(ms);
    return work();
  } finally {
    counting.delete(key);
  }
}
