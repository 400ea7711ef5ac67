import { beforeEach, expect, test, vi } from "vitest";
import { createManageLink } from "@/lib/manage-links";
import type { Context } from "@/lib/platform/context";
import { done } from "@/lib/platform/form-state";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { bookAppointment } from "@/lib/scheduling";
import { createPublicSalon } from "@/tests/booking-page";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { linkContext, visitorAction, visitorPage } from "./visitor-context";

const database = await pgliteDatabase();
const log = createLogger({ level: "silent" });
const env = { appUrl: "https://caly.example", trustedProxy: "one-hop" };
let network = "192.0.2.1";
let serial = 0;
const salon = await createPublicSalon(database);
const app = { env, database, clock: salon.ctx.clock, log, limiter: new MemoryRateLimiter(), jobs: { poke: () => {} } };

vi.mock("next/headers", () => ({ headers: async () => new Headers({ "x-forwarded-for": network }) }));
vi.mock("next/server", () => ({ connection: async () => {} }));
vi.mock("./viewer", () => ({ getViewer: async () => null }));
vi.mock("./app", () => ({
  app: async () => app,
  contextFor: (_: unknown, orgId: string, actor: Context["actor"]): Context => ({ ...salon.ctx, orgId, actor }),
}));

beforeEach(() => {
  network = `192.0.2.${++serial}`;
});

const digestOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "went through",
    (error: { digest?: string }) => error.digest ?? String(error),
  );
const post = () => visitorAction(salon.slug, new FormData(), async () => done());

test("a visitor acts as nobody in particular, and finds no page that is off", async () => {
  const { ctx, page } = await visitorPage(salon.slug);
  expect(ctx).toMatchObject({ orgId: salon.orgId, actor: { kind: "contact", contactId: null } });
  expect(page.name).toBe("Test Salon");
  const off = await createSalon(database);
  for (const address of [off.slug, "nowhere", "%", "a".repeat(200)])
    expect(await digestOf(visitorPage(address)), address).toContain("404");
});

test("fifteen forms in ten minutes are enough for one network; another one goes on", async () => {
  for (let n = 0; n < 15; n++) expect((await post()).ok).toBe(true);
  expect(await post()).toMatchObject({ ok: false, message: expect.stringContaining("Too many attempts") });
  network = "198.51.100.7";
  expect((await post()).ok).toBe(true);
});

test("one organisation is sent 120 forms an hour, from however many networks, and no other one suffers", async () => {
  const other = await createPublicSalon(database);
  let taken = 0;
  for (let n = 0; n < 130; n++) {
    network = `203.0.113.${n}`;
    if ((await post()).ok) taken++;
  }
  expect(taken).toBeLessThanOrEqual(120);
  expect(taken).toBeGreaterThan(100);
  expect((await visitorAction(other.slug, new FormData(), async () => done())).ok).toBe(true);
});

test("what was typed comes back after a refusal", async () => {
  const form = new FormData();
  form.set("name", "Mary");
  network = "198.51.100.9";
  const other = await createPublicSalon(database);
  const state = await visitorAction(other.slug, form, async () => ({ status: "error", message: "No." }));
  expect(state).toMatchObject({ ok: false, message: "No.", values: { name: "Mary" } });
});

test("a network that opens hundreds of links is answered as if none existed", async () => {
  const time = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:00") };
  const booked = await bookAppointment(salon.ctx, { ...time, name: "Mary" });
  if (!booked.ok) throw new Error(booked.reason);
  const { token } = await createManageLink(salon.ctx, { bookingId: booked.value.id });
  expect(await linkContext(token)).toMatchObject({ bookingId: booked.value.id });
  for (let n = 0; n < 299; n++) expect(await linkContext("x")).toBeUndefined();
  expect(await linkContext(token)).toBeUndefined();
  network = "198.51.100.10";
  expect(await linkContext(token)).toMatchObject({ bookingId: booked.value.id });
});
