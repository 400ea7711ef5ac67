import { describe, expect, it } from "vitest";
import { updateContact } from "@/lib/contacts";
import { bookAppointment, createLocation, listBookings, setDateOverride, updateStaff } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { tuesday } from "@/tests/salon";
import { MARY, salonCalls } from "@/tests/salon-call";
import { bookAppointmentTool } from "./book-appointment";
import { findSlotsTool } from "./find-slots";
import { holdSlotTool } from "./hold-slot";
import type { Offer } from "./offers";
import { resolveWhenTool } from "./resolve-when";

const { salonWithCall } = salonCalls(await pgliteDatabase());

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
