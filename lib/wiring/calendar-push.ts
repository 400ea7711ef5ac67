import "server-only";
import { findCalendarChannel } from "@/db/system";
import { readPush as readGooglePush } from "@/lib/adapters/google-calendar";
import { readPush as readMicrosoftPush } from "@/lib/adapters/microsoft-calendar";
import { expirePush, requestSync } from "@/lib/calendars";
import type { PushNotice } from "@/lib/calendars/ports";
import { systemActor } from "@/lib/platform/context";
import { safeEqual, sha256Hex } from "@/lib/platform/crypto";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { clientAddress, decodeUtf8, networkOf, readRawBody } from "@/lib/platform/http";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { type App, contextFor } from "./app";

const readers = { google: readGooglePush, microsoft: readMicrosoftPush };

/** Microsoft sends up to some hundred notices at once; a message of Google's is empty. */
const MAX_BYTES = 262_144;
const MAX_HANDSHAKE = 2_000;
const REJECTIONS = { limit: 600, windowSeconds: 60 };

type Found = NonNullable<Awaited<ReturnType<typeof findCalendarChannel>>>;

/**
 * What a vendor pushes: that something in a calendar changed. The reading itself is a job; the answer does not wait for it. A channel that
 * nobody knows is 404, a wrong secret 401, and neither vendor sends such a message again; what cannot be understood is 400. Several notices
 * in one message are taken each for itself, and one that is ours makes the message welcome.
 */
export async function handleCalendarPush(app: App, vendor: keyof typeof readers, request: Request): Promise<Response> {
  const body = decodeUtf8(await readRawBody(request, { maxBytes: MAX_BYTES }));
  const reading = readers[vendor]({ headers: request.headers, query: new URL(request.url).searchParams, body });
  if (reading.kind === "handshake") return handshake(reading.answer);
  if (reading.kind === "unreadable") {
    await guard(app, request);
    throw invalid([{ path: "", message: "This is no notification of a calendar." }]);
  }
  const outcomes = await Promise.all([...latest(reading.notices).values()].map((notice) => take(app, notice)));
  if (!outcomes.includes("taken")) {
    await guard(app, request);
    if (outcomes.includes("forged"))
      throw new AppError("unauthenticated", "The notification does not carry this channel's secret.");
    throw notFound("This channel");
  }
  app.jobs.poke();
  return new Response(null, { status: 202 });
}

/** Proves to Microsoft that the address is ours. It is text, whatever was asked. */
function handshake(answer: string): Response {
  if (answer.length > MAX_HANDSHAKE) throw invalid([{ path: "validationToken", message: "This is too long." }]);
  return new Response(answer, {
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
}

/** One notice per channel: what says most. A hundred changes cost one reading. */
function latest(notices: readonly PushNotice[]): Map<string, PushNotice> {
  const found = new Map<string, PushNotice>();
  for (const notice of notices) {
    const key = `${notice.channelId} ${notice.secret}`;
    const before = found.get(key);
    if (!before || WEIGHT[notice.what] > WEIGHT[before.what]) found.set(key, notice);
  }
  return found;
}

const WEIGHT: Record<PushNotice["what"], number> = { hello: 0, changed: 1, missed: 2, ending: 3, ended: 4 };

async function take(app: App, { channelId, secret, what }: PushNotice): Promise<"taken" | "unknown" | "forged"> {
  const channel = await findCalendarChannel(app.database, channelId);
  // Compared even where there is none, so that the time taken tells nothing.
  const isOurs = safeEqual(sha256Hex(secret), channel?.secretHash ?? "");
  if (!channel) return "unknown";
  if (!isOurs) return "forged";
  if (what !== "hello") await askToRead(app, channel, what);
  return "taken";
}

async function askToRead(app: App, { id, orgId }: Found, what: PushNotice["what"]): Promise<void> {
  const ctx = contextFor(app, orgId, systemActor("calendar-push"));
  if (what === "ending" || what === "ended") await expirePush(ctx, id);
  await requestSync(ctx, id);
}

/** Somebody who guesses is slowed down. */
async function guard(app: App, request: Request): Promise<void> {
  const address = networkOf(clientAddress(request, app.env));
  await enforceLimit(app.limiter, `calendar-push-rejected:${address}`, REJECTIONS);
}
