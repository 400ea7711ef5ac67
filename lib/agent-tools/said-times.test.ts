import { describe, expect, it } from "vitest";
import { bookAppointment, createLocation, listBookings, updateStaff } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { tuesday } from "@/tests/salon";
import { salonCalls } from "@/tests/salon-call";
import { bookAppointmentTool } from "./book-appointment";
import { businessHoursTool } from "./business-hours";
import { findBookingTool } from "./find-booking";
import { findSlotsTool } from "./find-slots";
import { holdSlotTool } from "./hold-slot";
import type { Offer } from "./offers";
import { rescheduleBookingTool } from "./reschedule-booking";
import { resolveWhenTool } from "./resolve-when";

const database = await pgliteDatabase();
const { salonWithCall } = salonCalls(database);

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
  expect(await use(resolveWhenTool, { said: "Tuesdays and Thursdays after 2" })).toMatchObject({
    status: "ok",
    say: "That is Tuesdays and Thursdays from 2 in the afternoon, the next being Tuesday the 24th and Thursday the 26th.",
    data: {
      kind: "days",
      weekdays: ["Tuesday", "Thursday"],
      readings: [
        { fromDate: "2026-11-24", toDate: "2026-11-24", fromTime: "14:00", toTime: "24:00" },
        { fromDate: "2026-11-26", toDate: "2026-11-26", say: "Thursday the 26th from 2 in the afternoon" },
        { fromDate: "2026-12-01" },
        { fromDate: "2026-12-03" },
      ],
    },
  });
  const thursdays = offersOf(
    await use(findSlotsTool, { service: "haircut", day: "thursdays only", window: "morning" }),
  );
  expect(thursdays.map(({ say }) => say.split(" at ")[0])).toEqual([
    "Thursday the 26th",
    "Thursday the 26th",
    "Thursday the 3rd",
  ]);
  expect(await use(resolveWhenTool, { said: "tuesday the 25th" })).toMatchObject({
    status: "refused",
    say: "Do you mean Tuesday the 24th or Wednesday the 25th?",
    data: { reason: "question", readings: [{ fromDate: "2026-11-24" }, { fromDate: "2026-11-25" }] },
  });
  const { data } = await use(resolveWhenTool, { said: "tomorrow or anything after Christmas" });
  expect(data).toEqual({
    reason: "question",
    readings: [
      { fromDate: "2026-11-21", toDate: "2026-11-21", say: "tomorrow" },
      { fromDate: "2026-12-26", say: "from Saturday the 26th of December on" },
    ],
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
