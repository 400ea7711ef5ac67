import { expect, test, vi } from "vitest";
import type { Database } from "@/db/client";
import { createManageLink } from "@/lib/manage-links";
import type { Context } from "@/lib/platform/context";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { bookAppointment, findSlots, getBooking, setCancellationPolicy } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
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
    orgId,
    actor,
    database,
    clock,
    log,
    keys,
  }),
}));

async function withLink() {
  now = FRIDAY_TEN;
  const salon = await createSalon(database);
  keys = salon.ctx.keys;
  const time = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:00") };
  const booked = await bookAppointment(salon.ctx, { ...time, name: "Mary" });
  if (!booked.ok) throw new Error(booked.reason);
  const { token } = await createManageLink(salon.ctx, { bookingId: booked.value.id });
  const status = async () => (await getBooking(salon.ctx, booked.value.id)).status;
  return { salon, bookingId: booked.value.id, token, status };
}

async function send(token: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const request = new Request(`https://caly.example/manage/${token}/change`, {
    method: "POST",
    headers: { host: "caly.example", origin: "https://caly.example", "x-forwarded-for": "192.0.2.1", ...headers },
    body: new URLSearchParams(form),
  });
  const answer = await POST(request, { params: Promise.resolve({ token }) });
  return { status: answer.status, to: answer.headers.get("location")?.replace(token, "…") };
}

test("cancelling costs what was said, or is refused as long as nobody has said it", async () => {
  const { salon, bookingId, token, status } = await withLink();
  const window = { withinMinutes: 7200, fee: { kind: "percent" as const, percent: 50 }, isRefused: false };
  await setCancellationPolicy(salon.as("owner"), { serviceId: null, windows: [window], coversMoves: false });
  for (const acceptedFeeCents of ["", "2249", "-1", "1e9", "NaN"])
    expect((await send(token, { what: "cancel", acceptedFeeCents })).to).toBe("/manage/…?refused=fee_applies");
  expect(await status()).toBe("confirmed");
  const done = await send(token, { what: "cancel", acceptedFeeCents: "2250", reason: "ill\0" });
  expect(done).toEqual({ status: 303, to: "/manage/…" });
  expect(await getBooking(salon.ctx, bookingId)).toMatchObject({
    status: "cancelled",
    feeCents: 2250,
    cancelReason: "ill",
  });
  expect((await send(token, { what: "cancel" })).to).toBe("/manage/…");
});

test("past the deadline, and once it has begun, a link changes nothing", async () => {
  const { salon, token, status } = await withLink();
  const window = { withinMinutes: 7200, fee: null, isRefused: true };
  await setCancellationPolicy(salon.as("owner"), { serviceId: null, windows: [window], coversMoves: true });
  expect((await send(token, { what: "cancel" })).to).toBe("/manage/…?refused=past_deadline");
  now = "2026-11-24T15:00:00Z";
  for (const what of ["cancel", "move"])
    expect((await send(token, { what, slot: "x" })).to).toContain("refused=already_over");
  expect(await status()).toBe("confirmed");
});

test("moving takes an offered time of this service, and says why not otherwise", async () => {
  const { salon, bookingId, token } = await withLink();
  const day = { fromDate: "2026-11-25", toDate: "2026-11-25" };
  const [wanted] = (await findSlots(salon.ctx, { serviceId: salon.haircut.id, ...day })).slots;
  const [other] = (await findSlots(salon.ctx, { serviceId: salon.colour.id, ...day })).slots;
  expect((await send(token, { what: "move", slot: other?.slot ?? "" })).to).toBe(
    "/manage/…/move?refused=other_service",
  );
  for (const slot of ["", "x", `slot_${"0".repeat(31)}`, "a".repeat(500)])
    expect((await send(token, { what: "move", slot })).to).toBe("/manage/…/move?refused=unknown_slot");
  expect(await send(token, { what: "move", slot: wanted?.slot ?? "" })).toEqual({
    status: 303,
    to: "/manage/…?moved=1",
  });
  expect((await getBooking(salon.ctx, bookingId)).startsAt.toISOString()).toBe("2026-11-25T14:00:00.000Z");
});

test("another site, another shape and another verb change nothing", async () => {
  const { token, status } = await withLink();
  const cancel = { what: "cancel" };
  expect((await send(token, cancel, { origin: "https://evil.example" })).status).toBe(403);
  expect((await send(token, cancel, { origin: "null" })).status).toBe(403);
  expect((await send(token, cancel, { origin: "null", "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await send(token, cancel, { "content-type": "application/json" })).status).toBe(415);
  expect((await send(token, { what: "x".repeat(20_000) })).status).toBe(413);
  expect((await send(token, { what: "erase" })).status).toBe(404);
  const read = new Request(`https://caly.example/manage/${token}/change?what=cancel`, {
    headers: { host: "caly.example" },
  });
  expect((await GET(read, { params: Promise.resolve({ token }) })).status).toBe(405);
  expect(await status()).toBe("confirmed");
  for (const odd of ["\r\nX: y", "😀", "\u202e"]) expect((await send(odd, cancel)).status).toBe(303);
  // A page that sends no referrer has the origin "null"; the browser itself says that it is ours.
  expect((await send(token, cancel, { origin: "null", "sec-fetch-site": "same-origin" })).to).toBe("/manage/…");
});

test("who guesses is told nothing, and after thirty tries to wait; the token is in no line of the log", async () => {
  const { token, status } = await withLink();
  const from = { "x-forwarded-for": "192.0.2.77" };
  const guesses = await Promise.all(
    Array.from({ length: 31 }, () => send("a".repeat(43), { what: "cancel" }, from).then((each) => each.to)),
  );
  const unknown = `/manage/${"a".repeat(43)}`.replace("a".repeat(43), "…");
  expect(guesses.filter((to) => to === unknown)).toHaveLength(30);
  expect((await send(token, { what: "cancel" }, from)).to).toBe("/manage/…?refused=too_many");
  expect(await status()).toBe("confirmed");
  expect(lines.length).toBeGreaterThan(30);
  expect(lines.join("")).not.toContain(token);
});
