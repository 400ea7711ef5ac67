import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { updateContact, upsertContactByPhone } from "@/lib/contacts";
import type { Context } from "@/lib/platform/context";
import {
  bookAppointment,
  cancelBooking,
  createLocation,
  findSlots,
  listBookings,
  setCancellationPolicy,
  setDateOverride,
  updateStaff,
} from "@/lib/scheduling";
import { offerFreedTime } from "@/lib/waitlist";
import { aCall as startCall } from "@/tests/call-in-progress";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { acceptOfferTool } from "./accept-offer";
import { bookAppointmentTool } from "./book-appointment";
import { bookSeriesTool } from "./book-series";
import { businessHoursTool } from "./business-hours";
import { cancelBookingTool } from "./cancel-booking";
import { checkPolicyTool } from "./check-policy";
import { findBookingTool } from "./find-booking";
import { findSlotsTool } from "./find-slots";
import { holdSlotTool } from "./hold-slot";
import { joinWaitlistTool } from "./join-waitlist";
import type { Offer } from "./offers";
import { rescheduleBookingTool } from "./reschedule-booking";
import { resolveWhenTool } from "./resolve-when";
import type { AgentTool, ToolCallInfo } from "./types";
import { waitlistOfferTool } from "./waitlist-offer";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const MARY = "+12025550123";

async function aCall(ctx: Context, fromNumber: string | null): Promise<ToolCallInfo> {
  const callId = await startCall(database, ctx, fromNumber);
  const contact = fromNumber ? await upsertContactByPhone(ctx, { phone: fromNumber }) : undefined;
  return { callId, fromNumber, timeZone: "America/New_York", contactId: contact?.id ?? null };
}

async function salonWithCall(fromNumber: string | null = MARY) {
  const salon = await createSalon(database);
  const call = await aCall(salon.ctx, fromNumber);
  const agent: Context = {
    ...salon.ctx,
    actor: { kind: "agent", callId: call.callId, agentId: null, label: "Front Desk" },
  };
  const use = (tool: AgentTool, args: Record<string, unknown>, as = call) =>
    tool.run(agent, tool.parameters.parse(args), as);
  const offersOf = (answer: { data?: unknown }) => (answer.data as { offers: Offer[] }).offers;
  return { salon, call, agent, use, offersOf };
}

describe("a caller who books", () => {
  it("asks for a morning, holds a time, books it, and hears what was booked", async () => {
    const { salon, use, offersOf, call } = await salonWithCall();
    const found = await use(findSlotsTool, { service: "a haircut", day: "next tuesday", window: "morning" });
    expect(found.say).toBe(
      "For Haircut I have Tuesday the 24th at 9 in the morning, 10:30 in the morning or 11:30 in the morning. Which would you like?",
    );
    const offer = offersOf(found)[1];
    expect(offer).toEqual({
      slot: expect.stringMatching(/^slot_/),
      say: "Tuesday the 24th at 10:30 in the morning",
      startsAt: tuesday("10:30"),
      staff: "Anna Berg",
    });
    const held = await use(holdSlotTool, { slot: offer?.slot });
    expect(held.say).toBe(
      "I am keeping Tuesday the 24th at 10:30 in the morning for you. What name shall I put it under?",
    );
    const booked = await use(bookAppointmentTool, { slot: offer?.slot, name: "Mary Jones", phone: MARY });
    expect(booked).toEqual({
      status: "ok",
      say: "You are booked for Haircut with Anna Berg, Tuesday the 24th at 10:30 in the morning, under the name Mary Jones.",
      data: {
        booking: expect.stringMatching(/^bkg_/),
        say: "Tuesday the 24th at 10:30 in the morning",
        startsAt: tuesday("10:30"),
        service: "Haircut",
        staff: "Anna Berg",
      },
    });
    const { items } = await listBookings(salon.ctx, {});
    expect(items).toMatchObject([
      {
        source: "agent",
        callId: call.callId,
        contactId: call.contactId,
        attendeePhone: MARY,
        attendeeName: "Mary Jones",
      },
    ]);
  });

  it("is told what is free when the time has just gone", async () => {
    const { salon, use, offersOf } = await salonWithCall();
    const offer = offersOf(
      await use(findSlotsTool, { service: "haircut", day: "tuesday", time: "10:30", staff: "Anna" }),
    )[1];
    const rival = await bookAppointment(salon.ctx, { slot: offer?.slot, name: "Rival" });
    expect(rival.ok).toBe(true);
    const refused = await use(bookAppointmentTool, { slot: offer?.slot, name: "Mary" });
    expect(refused.status).toBe("refused");
    expect(refused.say).toBe(
      "Tuesday the 24th at 10:30 in the morning has just gone; I have Tuesday the 24th at 9:30 in the morning, Tuesday the 24th at 10 in the morning or Tuesday the 24th at 11 in the morning.",
    );
    const other = await use(bookAppointmentTool, { slot: (refused.offers as Offer[])[0]?.slot, name: "Mary" });
    expect(other.status).toBe("ok");
  });

  it("is asked instead of guessed for", async () => {
    const { use } = await salonWithCall();
    expect((await use(findSlotsTool, { service: "massage" })).say).toBe(
      "Which service would you like: Haircut or Colour?",
    );
    expect((await use(findSlotsTool, { service: "haircut", day: "friday" })).say).toBe(
      "Do you mean today or Friday the 27th?",
    );
    expect((await use(findSlotsTool, { service: "haircut", staff: "Zoe" })).say).toBe(
      "Who would you like: Anna Berg or Ben Okafor?",
    );
    expect((await use(bookAppointmentTool, { slot: "slot_x", name: " " })).say).toBe("What name shall I put it under?");
  });

  it("hears the rule that refuses the time, and the tool gives its code", async () => {
    const { salon, use } = await salonWithCall();
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-11-26", spans: [], reason: "Thanksgiving" });
    const late = await use(findSlotsTool, { service: "haircut", day: "tuesday", time: "6 pm" });
    expect(late.say).toMatch(/^We close at 5 in the afternoon on Tuesdays\. For Haircut I have /);
    expect(late.data).toMatchObject({ rule: "after_closing" });
    const closed = await use(findSlotsTool, { service: "haircut", day: "thursday" });
    expect(closed.say).toMatch(/^We are closed on Thursday the 26th \(Thanksgiving\)\. I have /);
    expect(closed.data).toEqual({ reason: "nothing_free", rule: "closed_date" });
    const sunday = await use(findSlotsTool, { service: "haircut", day: "sunday", time: "10 am" });
    expect(sunday.say).toMatch(/^We are closed on Sundays\. /);
    const far = await use(bookAppointmentTool, { slot: "slot_0000000000000000000000000000000", name: "Mary" });
    expect(far.status).toBe("refused");
  });

  it("gets whoever usually serves them, where nobody else is asked for", async () => {
    const { salon, use, offersOf, call } = await salonWithCall();
    await updateContact(salon.ctx, { contactId: call.contactId ?? "", preferredStaffId: salon.ben.id });
    const usual = offersOf(await use(findSlotsTool, { service: "haircut", day: "tuesday" }));
    expect(new Set(usual.map((offer) => offer.staff))).toEqual(new Set(["Ben Okafor"]));
    const asked = offersOf(await use(findSlotsTool, { service: "haircut", day: "tuesday", staff: "Anna" }));
    expect(new Set(asked.map((offer) => offer.staff))).toEqual(new Set(["Anna Berg"]));
    expect((await use(bookAppointmentTool, { slot: usual[0]?.slot, name: "Mary" })).say).toContain("with Ben Okafor");
    expect((await listBookings(salon.ctx, {})).items[0]).toMatchObject({ assignedBy: "preferred" });
    await expect(
      updateContact(salon.ctx, { contactId: call.contactId ?? "", preferredStaffId: "stf_x" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("of a business with several places hears where, on that place's clock", async () => {
    const { salon, use, offersOf } = await salonWithCall();
    const west = await createLocation(salon.ctx, { name: "West", timeZone: "America/Los_Angeles" });
    const east = await createLocation(salon.ctx, { name: "East" });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
    await updateStaff(salon.ctx, { staffId: salon.anna.id, locationId: east.id });
    const found = await use(findSlotsTool, { service: "haircut", day: "tuesday", location: "west" });
    expect(found.say).toContain("Tuesday the 24th at 9 in the morning at West");
    expect(offersOf(found)[0]).toMatchObject({ startsAt: "2026-11-24T09:00:00-08:00", location: "West" });
    const unknown = await use(findSlotsTool, { service: "haircut", day: "tuesday", location: "Mars" });
    expect(unknown.say).toBe("Which of our places would suit you: West or East?");
  });

  it("is offered nothing on the days and at the times that do not suit, and hears that it was understood", async () => {
    const { use, offersOf } = await salonWithCall();
    const starts = async (day: string) => {
      const found = await use(findSlotsTool, { service: "haircut", day });
      return offersOf(found).map(({ startsAt }) => startsAt.slice(0, 16));
    };
    expect(await starts("next week but not Monday or Wednesday")).toEqual([
      "2026-11-24T09:00",
      "2026-11-26T09:00",
      "2026-11-27T09:00",
    ]);
    expect(await starts("any day except Friday")).toEqual(["2026-11-23T09:00", "2026-11-23T16:30", "2026-11-24T09:00"]);
    const said = await use(resolveWhenTool, { said: "afternoons next week, except Wednesday" });
    expect([said.say, said.data]).toEqual([
      "That is Monday the 23rd to Sunday the 29th between 12 noon and 6 in the evening except Wednesdays.",
      expect.objectContaining({ fromDate: "2026-11-23", except: [{ weekday: "Wednesday" }] }),
    ]);
  });

  it("asks for the soonest time and hears of the first two days that have any, however far apart they are", async () => {
    const { salon, use, offersOf } = await salonWithCall();
    const open: Record<string, number> = { "2026-11-23": 2, "2026-12-02": 1, "2026-12-16": 1 };
    for (let day = Date.parse("2026-11-20"); day < Date.parse("2027-01-25"); day += 86_400_000) {
      const onDate = new Date(day).toISOString().slice(0, 10);
      const spans = onDate in open ? [{ startMinute: 600, endMinute: 600 + 30 * (open[onDate] ?? 0) }] : [];
      await setDateOverride(salon.ctx, { staffId: null, onDate, spans, reason: "Winter" });
    }
    const days = async () =>
      offersOf(await use(findSlotsTool, { service: "haircut" })).map((offer) => offer.say.replace(/ at .*/, ""));
    expect(await days()).toEqual(["Monday the 23rd", "Monday the 23rd", "Wednesday the 2nd"]);
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-11-23", spans: [], reason: "Snow" });
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-12-02", spans: [], reason: "Snow" });
    expect(await days()).toEqual(["Wednesday the 16th"]);
  });
  it("hears of the next days when the day is closed, and of the time when it is free", async () => {
    const { use } = await salonWithCall();
    const closed = await use(findSlotsTool, { service: "haircut", day: "tomorrow" });
    expect(closed.status).toBe("refused");
    expect(closed.say).toContain("We are closed on Saturdays. I have Monday the 23rd at 9 in the morning");
    expect(closed.offers).toHaveLength(3);
    const free = await use(findSlotsTool, { service: "haircut", day: "monday", time: "at 3" });
    expect(free.say).toBe("Yes, for Haircut I have Monday the 23rd at 3 in the afternoon. Shall I book it?");
    const far = await use(findSlotsTool, { service: "haircut", day: "2027-06-01" });
    expect(far.say).toContain("We book Haircut at most 60 days ahead.");
  });
});

describe("a caller with a booking", () => {
  async function withBooking() {
    const all = await salonWithCall();
    const [offer] = all.offersOf(await all.use(findSlotsTool, { service: "haircut", day: "tuesday" }));
    await all.use(bookAppointmentTool, { slot: offer?.slot, name: "Mary Jones" });
    const later = await aCall(all.salon.ctx, MARY);
    return { ...all, later };
  }

  it("finds it by the number that calls, moves it, and cancels it", async () => {
    const { use, offersOf, later, salon } = await withBooking();
    const found = await use(findBookingTool, { phone: "202 555 0123" }, later);
    expect(found.say).toBe("I find Haircut with Anna Berg, Tuesday the 24th at 9 in the morning.");
    const [booking] = (found.data as { bookings: { booking: string }[] }).bookings;
    const [to] = offersOf(await use(findSlotsTool, { service: "haircut", day: "wednesday", staff: "Anna" }, later));
    const moved = await use(rescheduleBookingTool, { booking: booking?.booking, slot: to?.slot }, later);
    expect(moved.say).toBe(
      "Done, your appointment is now Haircut with Anna Berg, Wednesday the 25th at 9 in the morning.",
    );
    const cancelled = await use(cancelBookingTool, { booking: booking?.booking, reason: "ill" }, later);
    expect(cancelled.say).toBe("Your Haircut with Anna Berg, Wednesday the 25th at 9 in the morning is cancelled.");
    expect((await listBookings(salon.ctx, {})).items).toMatchObject([{ status: "cancelled", cancelReason: "ill" }]);
    expect((await use(findBookingTool, {}, later)).data).toMatchObject({ reason: "none_found" });
  });

  it("is a stranger on another number or without one", async () => {
    const { use, salon } = await withBooking();
    const [booking] = (await listBookings(salon.ctx, {})).items;
    for (const number of ["+12025550999", null]) {
      const stranger = await aCall(salon.ctx, number);
      for (const [tool, args] of [
        [findBookingTool, { phone: MARY }],
        [cancelBookingTool, { booking: booking?.id }],
        [rescheduleBookingTool, { booking: booking?.id, slot: "slot_x" }],
      ] as const) {
        const answer = await use(tool, args, stranger);
        expect([tool.name, answer.status, (answer.data as { reason: string }).reason]).toEqual([
          tool.name,
          "refused",
          "not_this_caller",
        ]);
      }
    }
    expect((await listBookings(salon.ctx, {})).items[0]?.status).toBe("confirmed");
  });

  it("may change what was booked in this very call even when the number is withheld", async () => {
    const { use, offersOf } = await salonWithCall(null);
    const [offer] = offersOf(await use(findSlotsTool, { service: "haircut", day: "tuesday" }));
    const booked = await use(bookAppointmentTool, { slot: offer?.slot, name: "Anonymous" });
    expect((await use(cancelBookingTool, { booking: (booked.data as { booking: string }).booking })).status).toBe("ok");
  });
});

describe("a time the caller says is held and booked without an offer", () => {
  it("where it is one time of one day and free", async () => {
    const { use, salon } = await salonWithCall();
    const held = await use(holdSlotTool, {
      service: "trim",
      day: "next tuesday",
      time: "half past ten",
      staff: "Anna",
    });
    expect(held).toMatchObject({
      status: "ok",
      say: "I am keeping Tuesday the 24th at 10:30 in the morning for you. What name shall I put it under?",
      data: { slot: expect.stringMatching(/^slot_/), startsAt: tuesday("10:30") },
    });
    const { slot } = held.data as { slot: string };
    const booked = await use(bookAppointmentTool, { slot, name: "Mary" });
    const { booking } = booked.data as { booking: string };
    const moved = await use(rescheduleBookingTool, { booking, day: "wednesday", time: "at 3" });
    expect(moved.say).toBe(
      "Done, your appointment is now Haircut with Anna Berg, Wednesday the 25th at 3 in the afternoon.",
    );
    const again = await use(rescheduleBookingTool, { booking, day: "the same time next week" });
    expect(again.data).toMatchObject({ startsAt: "2026-11-25T15:00:00-05:00" });
    const other = await use(rescheduleBookingTool, { booking, day: "thursday", time: "at 3", staff: "ben" });
    expect(other.data).toMatchObject({ startsAt: "2026-11-26T15:00:00-05:00", staff: "Ben Okafor" });
    expect((await listBookings(salon.ctx, {})).items).toHaveLength(1);
  });

  it("not where it can mean several, which is asked, or names no time, where times are offered", async () => {
    const { use, salon, call } = await salonWithCall();
    for (const [said, say] of [
      [{ day: "friday", time: "3 pm" }, "Do you mean today or Friday the 27th?"],
      [{ day: "tuesday morning" }, /^For Haircut I have Tuesday the 24th at 9 .* Which would you like\?$/],
      [{ time: "3 pm" }, /^Yes, for Haircut I have .* Shall I book it\?$/],
      [{}, "Which day and what time would suit you?"],
    ] as const) {
      const answer = await use(holdSlotTool, { service: "haircut", ...said });
      expect([answer.status, answer.data]).toEqual(["refused", { reason: "question" }]);
      expect(answer.say).toMatch(say);
    }
    expect((await use(holdSlotTool, { day: "tuesday", time: "3 pm" })).say).toBe(
      "Which service would you like: Haircut or Colour?",
    );
    const { rows } = await database.db.execute(`select id from bookings where call_id = '${call.callId}'`);
    expect([rows, salon.orgId]).toEqual([[], salon.orgId]);
  });

  it("not where it is taken or closed: the rule and other times come back, and what was booked stays", async () => {
    const { use, salon, offersOf } = await salonWithCall();
    const { haircut, anna } = salon;
    const rival = { serviceId: haircut.id, staffId: anna.id, startsAt: tuesday("10:00"), name: "Rival" };
    await bookAppointment(salon.ctx, rival);
    const taken = await use(holdSlotTool, { service: "haircut", day: "tuesday", time: "10 am", staff: "Anna" });
    expect(taken.data).toEqual({ reason: "not_free", rule: "staff_busy" });
    expect(taken.say).toMatch(/^10 in the morning is not free\. For Haircut with Anna Berg I have /);
    expect(taken.offers).toHaveLength(3);
    const own = offersOf(await use(findSlotsTool, { service: "haircut", day: "wednesday", staff: "Anna" }))[0];
    const booked = await use(bookAppointmentTool, { slot: own?.slot, name: "Mary" });
    const { booking } = booked.data as { booking: string };
    // Ben is free then; nobody asked for him.
    const busy = await use(rescheduleBookingTool, { booking, day: "tuesday", time: "10 am" });
    expect([busy.data, busy.offers?.length]).toEqual([{ reason: "not_free", rule: "staff_busy" }, 3]);
    const closed = await use(rescheduleBookingTool, { booking, day: "sunday", time: "10 am" });
    expect(closed.say).toMatch(/^We are closed on Sundays\. /);
    expect(closed.data).toEqual({ reason: "nothing_free", rule: "closed_weekday" });
    expect((await use(findBookingTool, {})).data).toMatchObject({ bookings: [{ startsAt: own?.startsAt }] });
  });

  it("on the clock of the only place that can be meant; between clocks one is asked", async () => {
    const { use, salon } = await salonWithCall();
    const west = await createLocation(salon.ctx, { name: "West", timeZone: "America/Los_Angeles" });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
    const said = { service: "haircut", day: "tuesday", time: "12 noon" };
    const unclear = await use(holdSlotTool, said);
    expect([unclear.status, (unclear.offers as Offer[]).length > 0]).toEqual(["refused", true]);
    for (const there of [{ location: "west", staff: "ben" }, { staff: "Ben" }])
      expect(await use(holdSlotTool, { ...said, ...there })).toMatchObject({
        say: "I am keeping Tuesday the 24th at 12 noon for you. What name shall I put it under?",
        data: { startsAt: "2026-11-24T12:00:00-08:00" },
      });
  });
});

it("says when a caller means, asks where that is open, and knows the same time as a booking's", async () => {
  const { use, offersOf } = await salonWithCall();
  expect(await use(resolveWhenTool, { said: "next Tuesday at 3" })).toEqual({
    status: "ok",
    say: "That is Tuesday the 24th at 3 in the afternoon.",
    data: {
      kind: "instant",
      startsAt: "2026-11-24T15:00:00-05:00",
      say: "Tuesday the 24th at 3 in the afternoon",
    },
  });
  expect((await use(resolveWhenTool, { said: "tomorrow morning" })).data).toEqual({
    kind: "window",
    fromDate: "2026-11-21",
    toDate: "2026-11-21",
    fromTime: "00:00",
    toTime: "12:00",
    say: "tomorrow before 12 noon",
  });
  expect(await use(resolveWhenTool, { said: "tuesday the 25th" })).toMatchObject({
    status: "refused",
    say: "Do you mean Tuesday the 24th or Wednesday the 25th?",
    data: { reason: "question", readings: [{ fromDate: "2026-11-24" }, { fromDate: "2026-11-25" }] },
  });
  expect((await use(resolveWhenTool, { said: "March 14th at half past two in the morning" })).say).toBe(
    "The clocks go forward then, so that time does not exist. Would Sunday the 14th of March at 3:30 in the morning suit you?",
  );
  const [offer] = offersOf(await use(findSlotsTool, { service: "haircut", day: "tuesday", time: "10:30" }));
  const booked = await use(bookAppointmentTool, { slot: offer?.slot, name: "Mary" });
  const { booking } = booked.data as { booking: string };
  expect((await use(resolveWhenTool, { said: "same time next week", booking })).say).toContain("Tuesday the 24th at");
  expect((await use(findSlotsTool, { day: "the same time on wednesday", booking })).say).toContain(
    "Wednesday the 25th at",
  );
});

it("says the opening hours of a day and of the week", async () => {
  const { use } = await salonWithCall();
  expect((await use(businessHoursTool, { day: "Saturday" })).say).toBe("Tomorrow we are closed.");
  expect((await use(businessHoursTool, { day: "monday" })).say).toBe(
    "Monday the 23rd we are open from 9 in the morning to 5 in the afternoon.",
  );
  expect((await use(businessHoursTool, {})).say).toBe(
    "We are open Monday to Friday from 9 in the morning to 5 in the afternoon.",
  );
});

it("a caller hears what cancelling costs before it is cancelled, and the agent cannot agree for them", async () => {
  const { salon, use, call } = await salonWithCall();
  const windows = [{ withinMinutes: 10_080, fee: { kind: "percent" as const, percent: 100 } }];
  await setCancellationPolicy(salon.as("owner"), { serviceId: null, windows, coversMoves: true });
  const { haircut, anna } = salon;
  const asked = { serviceId: haircut.id, staffId: anna.id, name: "Mary", phone: MARY };
  const booked = await bookAppointment(salon.ctx, { ...asked, startsAt: tuesday("10:00") });
  const booking = booked.ok ? booked.value.id : "";
  const policy = await use(checkPolicyTool, { booking });
  expect(policy.say).toBe(
    "You can cancel or move free of charge until 7 days before. Later it costs the full price. Cancelling now costs $45.00.",
  );
  expect((await use(checkPolicyTool, { service: "trim" })).say).toContain("until 7 days before");
  const refused = await use(cancelBookingTool, { booking });
  expect(refused).toMatchObject({
    status: "refused",
    say: "This is inside the notice we ask for, so cancelling now costs $45.00. Shall I do it anyway?",
    data: { reason: "fee_applies", feeCents: 4500 },
  });
  const [slot] = (await findSlots(salon.ctx, { serviceId: haircut.id, fromDate: "2026-11-25" })).slots;
  const moving = await use(rescheduleBookingTool, { booking, slot: slot?.slot });
  expect(moving.data).toEqual({ reason: "fee_applies", feeCents: 4500, fee: "$45.00" });
  expect((await use(cancelBookingTool, { booking, acceptedFeeCents: 4500 }, call)).status).toBe("ok");
  expect((await listBookings(salon.ctx, {})).items).toMatchObject([{ status: "cancelled", feeCents: 4500 }]);
});

it("a caller books every second week, hears which dates are taken, and cancels what follows", async () => {
  const { salon, use, offersOf } = await salonWithCall();
  const { haircut, anna } = salon;
  const rival = { serviceId: haircut.id, staffId: anna.id, startsAt: "2026-12-08T10:00:00-05:00", name: "Rival" };
  await bookAppointment(salon.ctx, rival);
  const found = await use(findSlotsTool, { service: "haircut", day: "tuesday", time: "10", staff: "Anna" });
  const args = {
    slot: offersOf(found).find((each) => each.startsAt === tuesday("10:00"))?.slot,
    repeat: "weekly",
    every: 2,
    times: 4,
    name: "Mary Jones",
  };
  const refused = await use(bookSeriesTool, args);
  expect(refused.say).toBe(
    "3 of the 4 dates are free; Tuesday the 8th at 10 in the morning is not. Shall I book the ones that are free, or look for another time?",
  );
  expect(refused.offers).toHaveLength(3);
  const booked = await use(bookSeriesTool, { ...args, onlyFree: true });
  expect(booked.say).toBe(
    "You are booked for 3 appointments of Haircut with Anna Berg, the first Tuesday the 24th at 10 in the morning; 1 could not be had.",
  );
  const { bookings } = booked.data as { bookings: string[] };
  const cancelled = await use(cancelBookingTool, { booking: bookings[1], which: "following" });
  expect(cancelled.say).toBe(
    "Your Haircut with Anna Berg, Tuesday the 22nd of December at 10 in the morning, and 1 more of the series, are cancelled.",
  );
  expect((await use(findBookingTool, {})).data).toMatchObject({ bookings: [{ booking: bookings[0], repeats: true }] });
});

it("a caller waits, is offered what becomes free, and takes it in a later call", async () => {
  const { salon, use } = await salonWithCall();
  const { haircut, anna } = salon;
  const asked = { serviceId: haircut.id, staffId: anna.id, name: "Rival", startsAt: tuesday("10:00") };
  const rival = await bookAppointment(salon.ctx, asked);
  expect((await use(joinWaitlistTool, { service: "massage", name: "Mary" })).data).toEqual({
    reason: "service_unclear",
  });
  const joined = await use(joinWaitlistTool, { service: "trim", name: "Mary", window: "morning" });
  expect(joined.say).toBe(
    "You are on the waiting list for Haircut, number 1. If a time becomes free in your turn, it is kept for you for a while.",
  );
  expect((await use(waitlistOfferTool, {})).data).toEqual({ reason: "no_offer" });
  await cancelBooking(salon.ctx, { bookingId: rival.ok ? rival.value.id : "" });
  const startMs = Date.parse(tuesday("10:00"));
  await offerFreedTime(salon.ctx, { staffId: anna.id, startMs, endMs: startMs + 1_800_000 });
  const later = await aCall(salon.ctx, MARY);
  expect((await use(waitlistOfferTool, {}, later)).say).toBe(
    "We are keeping Tuesday the 24th at 10 in the morning with Anna Berg for you, until today at 12 noon. Would you like it?",
  );
  expect((await use(acceptOfferTool, {}, await aCall(salon.ctx, "+12025550999"))).status).toBe("refused");
  expect((await use(acceptOfferTool, {}, later)).say).toBe(
    "You are booked for Haircut with Anna Berg, Tuesday the 24th at 10 in the morning.",
  );
});
