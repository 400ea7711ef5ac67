import "server-only";
import {
  legacyResult,
  plainAnswer,
  readMessage,
  spokenError,
  type ToolAnswerLine,
  toolResults,
  transferTo,
  verifyWebhook,
} from "@/lib/adapters/vapi";
import { resultLine, runAgentTool } from "@/lib/agent-tools";
import { COULD_NOT, markLimited, receiveEvent, receiveToolCalls } from "@/lib/calls";
import type { ProviderMessage } from "@/lib/calls/ports";
import { markConnectionSeen, type ResolvedConnection, resolveConnection } from "@/lib/connections";
import type { Context } from "@/lib/platform/context";
import { AppError, notFound } from "@/lib/platform/errors";
import { clientAddress, decodeUtf8, networkOf, parseJson, readRawBody, requireContentType } from "@/lib/platform/http";
import type { Logger } from "@/lib/platform/logger";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { type App, contextFor } from "./app";
import { rejectedKey } from "./rejected-webhooks";
import { answerWithAssistant, withoutAgent } from "./vapi-assistant";

const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 64;
/** The provider waits 7.5 s for an assistant, whatever we ask for (contracts/voice.md §1.4). */
const ASSISTANT_MS = 3_000;
const REJECTIONS = { limit: 600, windowSeconds: 60 };
const REJECTED_DAY_SECONDS = 86_400;

type Hooks = { log: Logger; addToLog(bindings: Record<string, string | undefined>): void };

/**
 * One webhook from Vapi. A message is stored before it is acknowledged; what cannot be stored is not acknowledged (503, to be sent again).
 * Tool calls and requests for an assistant or a destination are always answered with 200, if need be with a sentence to say.
 * What is no message of this connection is refused (404, 401, 413, 415, 400), stores nothing and raises a counter.
 */
export async function handleVapiWebhook(
  app: App,
  connectionId: string,
  request: Request,
  hooks: Hooks,
): Promise<Response> {
  requireContentType(request, "application/json");
  const receivedAt = performance.now();
  const raw = await readRawBody(request, { maxBytes: MAX_BYTES });
  const connection = await resolveConnection(app, connectionId).catch((error: unknown) => {
    hooks.log.error({ err: error }, "connection could not be looked up");
    return "unreachable" as const;
  });
  if (connection === "unreachable") return answerUnchecked(raw);
  if (!connection) {
    await guard(app, request);
    throw notFound("This connection");
  }
  hooks.addToLog({ orgId: connection.orgId });
  if (
    !verifyWebhook(
      connection.webhookAuth,
      connection.secrets,
      { headers: request.headers, rawBody: raw },
      app.clock.now(),
    )
  ) {
    await reject(app, connection, request);
    throw new AppError("unauthenticated", "The webhook does not carry this connection's secret.");
  }
  const message = await parsed(app, connection, raw);
  const ctx = {
    ...contextFor(app, connection.orgId, { kind: "webhook", connectionId, provider: "vapi" }),
    log: hooks.log,
  };
  hooks.addToLog({ callExternalId: message.call?.externalId, messageType: message.type });
  const [answer] = await Promise.all([
    answerTo(app, ctx, connection, { raw: decodeUtf8(raw), message, receivedAt }),
    seen(ctx, connection),
  ]);
  app.jobs.poke();
  return Response.json(answer);
}

async function parsed(app: App, connection: ResolvedConnection, raw: Uint8Array): Promise<ProviderMessage> {
  try {
    return readMessage(parseJson(raw, { maxDepth: MAX_DEPTH }), raw);
  } catch (error) {
    await count(app, connection);
    throw error;
  }
}

async function answerTo(
  app: App,
  ctx: Context,
  connection: ResolvedConnection,
  { receivedAt, ...input }: { raw: string; message: ProviderMessage; receivedAt: number },
): Promise<object> {
  const { message } = input;
  const stored = () => receiveEvent(ctx, connection, input);
  const storedOrLogged = () =>
    stored().catch((error: unknown) => ctx.log.error({ err: error, type: message.type }, "message not stored"));
  switch (message.body.kind) {
    case "tool_calls": {
      const answers = await receiveToolCalls(ctx, connection, input, runAgentTool);
      return toolAnswer(
        message,
        answers.map(({ request, result }) => line(request, result)),
      );
    }
    case "assistant_request":
      return assistantInTime(app, ctx, connection, {
        stored: storedOrLogged(),
        externalId: message.call?.externalId,
        leftMs: ASSISTANT_MS - (performance.now() - receivedAt),
      });
    case "transfer_request":
      await storedOrLogged();
      return connection.transferNumber
        ? transferTo(connection.transferNumber, "One moment, I am putting you through.")
        : spokenError("There is nobody I can put you through to just now.");
    default: {
      const answer = plainAnswer(message.type);
      const isAwaited = Object.keys(answer).length > 0;
      if (isAwaited) await storedOrLogged();
      else
        await stored().catch((cause: unknown) => {
          throw new AppError("unavailable", "The message could not be stored. Send it again.", {
            cause,
            retryAfterSeconds: 1,
          });
        });
      return answer;
    }
  }
}

const seen = (ctx: Context, connection: ResolvedConnection): Promise<void> =>
  markConnectionSeen(ctx, connection.id).catch((error: unknown) =>
    ctx.log.warn({ err: error }, "the connection's last event is not noted"),
  );

/** The caller hears ringing meanwhile: an answer that is late is worth less than a fallback in time. */
async function assistantInTime(
  app: App,
  ctx: Context,
  connection: ResolvedConnection,
  { stored, leftMs, externalId }: { stored: Promise<unknown>; leftMs: number; externalId: string | undefined },
): Promise<object> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("The assistant took too long.")), leftMs);
  });
  try {
    const [{ answer, isLimited }] = await Promise.race([
      Promise.all([answerWithAssistant(ctx, connection, { appUrl: app.env.appUrl, externalId }), stored]),
      late,
    ]);
    if (isLimited && externalId)
      await Promise.race([
        markLimited(ctx, { connectionId: connection.id, externalId }).catch((error: unknown) =>
          ctx.log.error({ err: error }, "a limited call is not marked as one"),
        ),
        late,
      ]);
    return answer;
  } catch (error) {
    ctx.log.error({ err: error }, "assistant could not be given");
    return withoutAgent(connection);
  } finally {
    clearTimeout(timer);
  }
}

type Result = Awaited<ReturnType<typeof receiveToolCalls>>[number];

const line = (request: Result["request"], result: Result["result"]): ToolAnswerLine =>
  result.status === "failed"
    ? { request, line: result.say, isFailure: true }
    : { request, line: resultLine(result), isFailure: false };

const toolAnswer = (message: ProviderMessage, answers: ToolAnswerLine[]): object =>
  message.type === "function-call" ? legacyResult(answers) : toolResults(answers);

/**
 * Without the database nobody can be recognised. A caller who is waiting still gets a sentence: it tells nothing and changes nothing.
 */
function answerUnchecked(raw: Uint8Array): Response {
  const message = readMessage(parseJson(raw, { maxDepth: MAX_DEPTH }), raw);
  switch (message.body.kind) {
    case "tool_calls":
      return Response.json(
        toolAnswer(
          message,
          message.body.requests.map((request) => line(request, COULD_NOT)),
        ),
      );
    case "assistant_request":
    case "transfer_request":
      return Response.json(withoutAgent({ transferNumber: null }));
    default:
      throw new AppError("unavailable", "The message could not be stored. Send it again.", { retryAfterSeconds: 1 });
  }
}

async function reject(app: App, connection: ResolvedConnection, request: Request): Promise<void> {
  await count(app, connection);
  await guard(app, request);
}

/** Somebody who guesses is slowed down; a cache that fails must not turn a refusal into something else. */
async function guard(app: App, request: Request): Promise<void> {
  const address = networkOf(clientAddress(request, app.env));
  await enforceLimit(app.limiter, `webhook-rejected:${address}`, REJECTIONS);
}

const count = (app: App, connection: ResolvedConnection): Promise<unknown> =>
  app.kv
    .incr(rejectedKey(connection.id), { ttlSeconds: REJECTED_DAY_SECONDS })
    .catch((error: unknown) => app.log.warn({ err: error }, "rejected webhook not counted"));
