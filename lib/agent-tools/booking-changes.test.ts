import { describe, expect, it } from "vitest";
import { bookAppointment, cancelBooking, findSlots, listBookings, setCancellationPolicy } from "@/lib/scheduling";
import { offerFreedTime } from "@/lib/waitlist";
import { pgliteDatabase } from "@/tests/database";
import { tuesday } from "@/tests/salon";
import { MARY, salonCalls } from "@/tests/salon-call";
import { acceptOfferTool } from "./accept-offer";
import { bookAppointmentTool } from "./book-appointment";
import { bookSeriesTool } from "./book-series";
import { cancelBookingTool } from "./cancel-booking";
import { checkPolicyTool } from "./check-policy";
import { findBookingTool } from "./find-booking";
import { findSlotsTool } from "./find-slots";
import { joinWaitlistTool } from "./join-waitlist";
import { rescheduleBookingTool } from "./reschedule-booking";
import { waitlistOfferTool } from "./waitlist-offer";

const { aCall, salonWithCall } = salonCalls(await pgliteDatabase());

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
