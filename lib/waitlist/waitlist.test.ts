import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listWaitlistDue } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { eraseContact, upsertContactByPhone } from "@/lib/contacts";
import type { Mail } from "@/lib/platform/mail";
import { bookAppointment, cancelBooking, createLocation, rescheduleBooking, updateStaff } from "@/lib/scheduling";
import { emptyPgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import {
  acceptOffer,
  declineOffer,
  endDueHold,
  findOfferLink,
  findOpenOffers,
  freedTimeOfEvent,
  getOffer,
  joinWaitlist,
  leaveWaitlist,
  listWaitlist,
  offerByHand,
  offerFreedTime,
  tellOfOffer,
} from ".";

let database: Database;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
});

/** Anna's Tuesday is booked at ten; `join` puts people on the list a minute apart, `free` cancels ten o'clock and gives it out. */
async function fullTuesday() {
  let now = Date.parse(FRIDAY_TEN);
  const salon = await createSalon(database, { now: { now: () => new Date(now) } });
  const { ctx, haircut, anna } = salon;
  const later = (minutes: number) => {
    now += minutes * 60_000;
  };
  const ask = { serviceId: haircut.id, staffId: anna.id, name: "Mary" };
  const booked = await bookAppointment(ctx, { ...ask, startsAt: tuesday("10:00") });
  if (!booked.ok) throw new Error(booked.reason);
  const bookingId = booked.value.id;
  const join = async (name: string, more: Record<string, unknown> = {}, as = ctx) => {
    later(1);
    const joined = await joinWaitlist(as, { serviceId: haircut.id, name, ...more });
    if (!joined.ok) throw new Error(joined.reason);
    return joined.value.entryId;
  };
  const lastEvent = async (kind: string) => {
    const { rows } = await withTenant(database, ctx.orgId, (tx) =>
      tx.execute(sql`select id from events where kind = ${kind} order by seq desc limit 1`),
    );
    return (rows[0] as { id: string } | undefined)?.id ?? "";
  };
  /** What the job does with the newest event of a kind. */
  const offerAfter = async (kind: string) => {
    const freed = await freedTimeOfEvent(ctx, await lastEvent(kind));
    return freed ? offerFreedTime(ctx, freed) : [];
  };
  const free = async () => {
    await cancelBooking(ctx, { bookingId });
    return offerAfter("booking.cancelled");
  };
  const names = async () => (await listWaitlist(ctx)).map((entry) => [entry.name, entry.offer?.status ?? null]);
  return { salon, ctx, ask, bookingId, join, free, offerAfter, later, names };
}

describe("a time that becomes free", () => {
  it("is offered to the first in the ranking, priority before the time of joining, and held for them", async () => {
    const { salon, ctx, ask, join, free, names } = await fullTuesday();
    await join("First");
    const vip = await join("Important", { priority: 5 }, salon.as("member"));
    const [offer, ...others] = await free();
    expect(others).toEqual([]);
    expect(offer).toMatchObject({ entryId: vip, startsAt: new Date(tuesday("10:00")), rank: 1, ranked: 2 });
    expect(await names()).toEqual([
      ["Important", "open"],
      ["First", null],
    ]);
    const stranger = await bookAppointment(ctx, { ...ask, startsAt: tuesday("10:00") });
    expect(stranger.ok || stranger.reason).toBe("slot_taken");
    const won = await acceptOffer(ctx, { offerId: offer?.id ?? "" });
    expect(won.ok && won.value).toMatchObject({ status: "confirmed", attendeeName: "Important" });
    expect(await names()).toEqual([["First", null]]);
    const again = await acceptOffer(ctx, { offerId: offer?.id ?? "" });
    expect(again.ok && won.ok && again.value.id === won.value.id).toBe(true);
  });

  it("goes on to the next when it is declined, and is never offered to the same person twice", async () => {
    const { ctx, join, free, offerAfter, names } = await fullTuesday();
    await join("First");
    const second = await join("Second");
    const [offer] = await free();
    await declineOffer(ctx, { offerId: offer?.id ?? "" });
    const [next] = await offerAfter("booking.hold_released");
    expect(next).toMatchObject({ entryId: second, startsAt: offer?.startsAt, rank: 2, ranked: 2 });
    await declineOffer(ctx, { offerId: next?.id ?? "" });
    expect(await offerAfter("booking.hold_released")).toEqual([]);
    expect(await names()).toEqual([
      ["First", "declined"],
      ["Second", "declined"],
    ]);
    const closed = await acceptOffer(ctx, { offerId: offer?.id ?? "" });
    expect(closed.ok || closed.reason).toBe("offer_closed");
  });

  it("runs out by itself: nobody has to have written it down for the offer to be void and the time to be free", async () => {
    const { ctx, ask, join, free, later, names } = await fullTuesday();
    await join("First");
    const [offer] = await free();
    later(121);
    expect(await names()).toEqual([["First", "expired"]]);
    const late = await acceptOffer(ctx, { offerId: offer?.id ?? "" });
    expect(late.ok || late.reason).toBe("offer_expired");
    expect((await bookAppointment(ctx, { ...ask, startsAt: tuesday("10:00") })).ok).toBe(true);
  });

  it("goes to the next when an offer has run out, once the task comes by", async () => {
    const { ctx, join, free, later, offerAfter } = await fullTuesday();
    await join("First");
    const second = await join("Second");
    const [offer] = await free();
    later(121);
    const due = (await listWaitlistDue(database, ctx.clock.now(), 100)).filter((each) => each.orgId === ctx.orgId);
    expect(due).toEqual([{ id: offer?.holdId, orgId: ctx.orgId }]);
    await endDueHold(ctx, offer?.holdId ?? "");
    await endDueHold(ctx, offer?.holdId ?? "");
    const [next] = await offerAfter("booking.hold_released");
    expect(next?.entryId).toBe(second);
    expect((await listWaitlistDue(database, ctx.clock.now(), 100)).filter((each) => each.orgId === ctx.orgId)).toEqual(
      [],
    );
  });

  it("is offered only to whom it suits: person, dates, time of day, service", async () => {
    const { salon, join, free } = await fullTuesday();
    await join("Other person", { staffId: salon.ben.id });
    await join("Later dates", { fromOn: "2026-11-25" });
    await join("Earlier dates", { toOn: "2026-11-23" });
    await join("Afternoon", { fromMinute: 720 });
    await join("Before opening", { serviceId: salon.colour.id, toMinute: 540 });
    const fits = await join("Fits", { fromOn: "2026-11-24", toOn: "2026-11-24", fromMinute: 600, toMinute: 660 });
    expect((await free()).map((offer) => offer.entryId)).toEqual([fits]);
  });

  it("is what a move leaves behind, with the person it was moved from", async () => {
    const { salon, ctx, bookingId, join, offerAfter } = await fullTuesday();
    const entryId = await join("First", { staffId: salon.anna.id });
    const moved = await rescheduleBooking(ctx, {
      bookingId,
      startsAt: "2026-11-25T14:00:00-05:00",
      staffId: salon.ben.id,
    });
    expect(moved.ok).toBe(true);
    expect(await offerAfter("booking.rescheduled")).toMatchObject([{ entryId, startsAt: new Date(tuesday("10:00")) }]);
    expect(await offerAfter("booking.rescheduled")).toEqual([]);
  });
});

describe("the list", () => {
  it("keeps one place for whoever asks again, and takes what they say now", async () => {
    const { salon, ctx, join } = await fullTuesday();
    await join("First", { phone: "+12025550101" });
    await join("Mary", { phone: "+12025550102" });
    const again = await joinWaitlist(ctx, {
      ...{ serviceId: salon.haircut.id, name: "Mary Jones", phone: "+12025550102", fromMinute: 720 },
    });
    expect(again.ok && again.value).toMatchObject({ place: 2, isNew: false });
    expect(await listWaitlist(ctx)).toMatchObject([{ name: "First" }, { name: "Mary Jones", fromMinute: 720 }]);
  });

  it("lets go: who leaves gives an open offer to the next", async () => {
    const { ctx, join, free, offerAfter, names } = await fullTuesday();
    const first = await join("First");
    const second = await join("Second");
    await free();
    await leaveWaitlist(ctx, { entryId: first });
    await leaveWaitlist(ctx, { entryId: first });
    expect((await offerAfter("booking.hold_released"))[0]?.entryId).toBe(second);
    expect(await names()).toEqual([["Second", "open"]]);
  });

  it("offers a free time by hand, out of turn, and says when there is none", async () => {
    const { ctx, join } = await fullTuesday();
    await join("First");
    const second = await join("Second", { fromOn: "2026-11-24", fromMinute: 600, toMinute: 660, toOn: "2026-11-24" });
    const offered = await offerByHand(ctx, { entryId: second });
    expect(offered.ok && offered.value).toMatchObject({ startsAt: new Date(tuesday("10:00")), rank: 2, ranked: 2 });
    const twice = await offerByHand(ctx, { entryId: second });
    expect(twice.ok || twice.reason).toBe("not_waiting");
    const never = await join("Never", { fromOn: "2026-11-22", toOn: "2026-11-22" });
    const none = await offerByHand(ctx, { entryId: never });
    expect(none.ok || none.reason).toBe("nothing_free");
  });

  it("writes once to whoever has an address, and to nobody else", async () => {
    const { ctx, salon, join, free } = await fullTuesday();
    await join("Mary", { email: "mary@example.test" });
    const [offer] = await free();
    const west = await createLocation(ctx, { name: "West", address: "1 West St", timeZone: "America/Los_Angeles" });
    await updateStaff(ctx, { staffId: salon.anna.id, locationId: west.id });
    const letters: Mail[] = [];
    const by = { mailer: { send: async (mail: Mail) => void letters.push(mail) }, appUrl: "https://caly.test" };
    expect(await tellOfOffer(ctx, offer?.id ?? "", by)).toBe(true);
    expect(await tellOfOffer(ctx, offer?.id ?? "", by)).toBe(false);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.to).toBe("mary@example.test");
    expect(letters[0]?.text).toContain(
      "Haircut with Anna Berg, Tuesday the 24th at 7 in the morning (America/Los_Angeles).\nWhere: West, 1 West St\n",
    );
    expect(await getOffer(ctx, offer?.id ?? "")).toMatchObject({
      where: "West, 1 West St",
      timeZone: "America/Los_Angeles",
    });
    const silent = await fullTuesday();
    await silent.join("No address");
    const [untold] = await silent.free();
    expect(await tellOfOffer(silent.ctx, untold?.id ?? "", by)).toBe(false);
  });

  it("writes a link that leads to this offer until its time begins or the contact is erased, and keeps only its hash", async () => {
    const { salon, join, free } = await fullTuesday();
    await join("Mary", { email: "mary@example.test", phone: "+12025550177" });
    const [offer] = await free();
    const letters: Mail[] = [];
    const by = { mailer: { send: async (mail: Mail) => void letters.push(mail) }, appUrl: "https://caly.test" };
    await tellOfOffer(salon.ctx, offer?.id ?? "", by);
    const token = /https:\/\/caly\.test\/offer\/([\w-]{43})(?![\w-])/.exec(letters[0]?.text ?? "")?.[1] ?? "";
    const at = (instant: string) => findOfferLink({ database, clock: { now: () => new Date(instant) } }, token);
    expect(await at(FRIDAY_TEN)).toEqual({ orgId: salon.orgId, offerId: offer?.id });
    expect(await at(tuesday("09:59"))).toBeDefined();
    expect(await at(tuesday("10:00"))).toBeUndefined();
    for (const other of ["", token.slice(1), `${token.slice(0, -1)}${token.endsWith("A") ? "E" : "A"}`])
      expect(await findOfferLink({ database, clock: salon.ctx.clock }, other)).toBeUndefined();
    const { rows } = await database.db.execute(sql`select token_hash from offer_links where org_id = ${salon.orgId}`);
    expect(rows).toEqual([{ token_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await getOffer(salon.ctx, offer?.id ?? "")).toMatchObject({
      ...{ status: "open", serviceName: "Haircut", staffName: "Anna Berg", name: "Mary", isWaiting: true },
      ...{ startsAt: new Date(tuesday("10:00")), endsAt: new Date(tuesday("10:30")), priceCents: 4500 },
    });
    const contact = await upsertContactByPhone(salon.ctx, { phone: "+12025550177" });
    await eraseContact(salon.as("owner"), { contactId: contact.id }, { eraseCalls: async () => {} });
    expect(await at(FRIDAY_TEN)).toBeUndefined();
  });

  it("finds a caller's open offer by their number, and refuses what makes no sense", async () => {
    const { ctx, join, free, salon } = await fullTuesday();
    await join("Mary", { phone: "+12025550102" });
    const [offer] = await free();
    const contact = await upsertContactByPhone(ctx, { phone: "+12025550102" });
    expect((await findOpenOffers(ctx, { contactId: contact.id })).map(({ id }) => id)).toEqual([offer?.id]);
    expect(await findOpenOffers(ctx, { phone: "+12025550199" })).toEqual([]);
    expect(await findOpenOffers(ctx, {})).toEqual([]);
    const ask = { serviceId: salon.haircut.id, name: "Mary" };
    const wrong = await joinWaitlist(ctx, { ...ask, phone: "12" });
    expect(wrong.ok || wrong.reason).toBe("invalid_phone");
    const unknown = await joinWaitlist(ctx, { ...ask, serviceId: "svc_x" });
    expect(unknown.ok || unknown.reason).toBe("unknown_service");
    const backwards = joinWaitlist(ctx, { ...ask, fromOn: "2026-11-25", toOn: "2026-11-24" });
    await expect(backwards).rejects.toMatchObject({ code: "invalid_input" });
    const viewer = joinWaitlist(salon.as("viewer"), ask);
    await expect(viewer).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await createSalon(database);
    await expect(acceptOffer(stranger.ctx, { offerId: offer?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
    expect(await listWaitlist(stranger.ctx)).toEqual([]);
  });
});
