import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Database } from "@/db/client";
import { findManageLink } from "@/lib/manage-links";
import type { Context } from "@/lib/platform/context";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { bookAppointment, listBookings } from "@/lib/scheduling";
import { getOffer, joinWaitlist, listWaitlist, offerByHand, tellOfOffer } from "@/lib/waitlist";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN } from "@/tests/salon";
import { GET, POST } from "./route";

const database: Database = await pgliteDatabase();
const lines: string[] = [];
const log = createLogger({ destination: { write: (line: string) => lines.push(line) } });
const env = { appUrl: "https://caly.example", loopbackOnly: false, trustedProxy: "one-hop" };
let now = FRIDAY_TEN;
const clock = { now: () => new Date(now) };
const poke = vi.fn();
const app = { env, database, clock, log, limiter: new MemoryRateLimiter(), jobs: { poke } };
let keys: Context["keys"];

vi.mock("@/lib/platform/runtime", () => ({ processEnv: () => env, processLog: () => log }));
vi.mock("@/lib/wiring/app", () => ({
  app: async () => app,
  contextFor: (_: unknown, orgId: string, actor: Context["actor"]): Context => ({
    ...{ orgId, actor, database, clock, log, keys },
  }),
}));

/** Mary waits, is offered a time and has the link of the letter. */
async function withOffer() {
  now = FRIDAY_TEN;
  const salon = await createSalon(database, { now: clock });
  keys = salon.ctx.keys;
  const asked = { serviceId: salon.haircut.id, staffId: salon.anna.id, name: "Mary", email: "mary@example.test" };
  const joined = await joinWaitlist(salon.ctx, asked);
  const offered = await offerByHand(salon.ctx, { entryId: joined.ok ? joined.value.entryId : "" });
  if (!offered.ok) throw new Error(offered.reason);
  const offerId = offered.value.id;
  const letters: string[] = [];
  const mailer = { send: async ({ text }: { text: string }) => void letters.push(text) };
  await tellOfOffer(salon.ctx, offerId, { mailer, appUrl: env.appUrl });
  const token = /\/offer\/([\w-]{43})/.exec(letters[0] ?? "")?.[1] ?? "";
  const status = async () => (await getOffer(salon.ctx, offerId)).status;
  const booked = async () => (await listBookings(salon.ctx, {})).items;
  return { salon, offerId, token, status, booked };
}

const params = (token: string) => ({ params: Promise.resolve({ token }) });

async function answer(token: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const request = new Request(`https://caly.example/offer/${token}/answer`, {
    method: "POST",
    headers: { host: "caly.example", origin: "https://caly.example", "x-forwarded-for": "192.0.2.1", ...headers },
    body: new URLSearchParams(form),
  });
  const { status, headers: sent } = await POST(request, params(token));
  return { status, to: sent.get("location") ?? "" };
}

test("taken by two clicks at once the time is booked once, and both lead to the appointment", async () => {
  const { salon, token, status, booked } = await withOffer();
  const answers = await Promise.all([1, 2].map(() => answer(token, { what: "accept" })));
  const [booking, ...others] = await booked();
  expect([booking, others]).toMatchObject([{ source: "link", attendeeName: "Mary", status: "confirmed" }, []]);
  for (const { status: code, to } of answers) {
    expect([code, to]).toEqual([303, expect.stringMatching(/^\/manage\/[\w-]{43}\?booked=1$/)]);
    const link = await findManageLink(app, /[\w-]{43}/.exec(to)?.[0] ?? "");
    expect(link).toEqual({ orgId: salon.orgId, bookingId: booking?.id });
  }
  expect([await status(), await listWaitlist(salon.ctx)]).toEqual(["accepted", []]);
  expect((await answer(token, { what: "decline" })).to).toBe(`/offer/${token}`);
  expect((await booked()).map((each) => each.status)).toEqual(["confirmed"]);
});

test("declined, it is free again and nobody can take it by this link; the place on the list stays", async () => {
  const { salon, token, status, booked } = await withOffer();
  expect(await answer(token, { what: "decline" })).toEqual({ status: 303, to: `/offer/${token}` });
  expect(await answer(token, { what: "accept" })).toEqual({ status: 303, to: `/offer/${token}` });
  expect([await status(), await booked()]).toEqual(["declined", []]);
  expect(await listWaitlist(salon.ctx)).toHaveLength(1);
  const { rows } = await database.db.execute(
    sql`select count(*)::int as held from bookings where org_id = ${salon.orgId} and status = 'held'`,
  );
  expect(rows).toEqual([{ held: 0 }]);
});

test("an offer that has run out, and one whose time somebody else has, book nothing", async () => {
  const late = await withOffer();
  now = "2026-11-20T18:00:00Z";
  expect(await answer(late.token, { what: "accept" })).toEqual({ status: 303, to: `/offer/${late.token}` });
  expect([await late.status(), await late.booked()]).toEqual(["expired", []]);
  const { salon, offerId, token, status, booked } = await withOffer();
  const { startsAt } = await getOffer(salon.ctx, offerId);
  await database.db.execute(sql`delete from bookings where org_id = ${salon.orgId}`);
  const time = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: startsAt.toISOString() };
  expect((await bookAppointment(salon.ctx, { ...time, name: "Rival" })).ok).toBe(true);
  expect((await answer(token, { what: "accept" })).to).toBe(`/offer/${token}`);
  expect(await status()).toBe("withdrawn");
  expect((await booked()).map((each) => each.attendeeName)).toEqual(["Rival"]);
});

test("what no form of ours sends changes nothing, and the token stands in no log", async () => {
  const { token, status } = await withOffer();
  expect((await GET(new Request(`https://caly.example/offer/${token}/answer`), params(token))).status).toBe(405);
  expect((await answer(token, { what: "" })).status).toBe(404);
  expect((await answer(token, { what: "accept" }, { origin: "https://evil.example" })).status).toBe(403);
  expect((await answer("a".repeat(43), { what: "accept" })).to).toBe(`/offer/${"a".repeat(43)}`);
  for (const odd of ["%2e%2e", "\r\nX: y", "😀"]) expect((await answer(odd, { what: "accept" })).status).toBe(303);
  expect(await status()).toBe("open");
  const from = { "x-forwarded-for": "198.51.100.4" };
  for (let n = 0; n < 30; n++) await answer("a".repeat(43), { what: "accept" }, from);
  expect((await answer(token, { what: "accept" }, from)).to).toBe(`/offer/${token}?refused=too_many`);
  expect(lines.join("\n")).not.toContain(token);
});
