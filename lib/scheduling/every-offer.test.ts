import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { findSlots } from "./find-slots";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const HALF_HOUR = 1_800_000;

/** Over the clock change of 14 March 2027; as long as nobody else books meanwhile. */
it("whatever is offered can be booked, and what is not offered cannot, as a calendar fills", async () => {
  const salon = await createSalon(database, { now: "2027-03-11T14:07:00Z" });
  const dates = { fromDate: "2027-03-11", toDate: "2027-03-16" };
  const services = [salon.haircut, salon.colour];
  const people = [salon.anna, salon.ben];
  let refused = 0;
  for (let n = 0; n < 10; n++) {
    const serviceId = services[n % 2]?.id ?? "";
    const person = people[n % 3];
    const staffId = person?.id;
    const { slots } = await findSlots(salon.ctx, { serviceId, staffId, ...dates });
    const slot = slots[(n * 7919) % slots.length];
    const booked = await bookAppointment(salon.ctx, { slot: slot?.slot, name: "Mary Jones" });
    expect(booked.ok ? "booked" : `${slot?.startsAt}: ${booked.reason}`).toBe("booked");
    const left = await findSlots(salon.ctx, { serviceId, staffId: salon.anna.id, ...dates });
    const offered = new Set(left.slots.map((each) => each.startMs));
    const first = Date.parse("2027-03-11T05:00:00Z");
    const missing = Array.from({ length: 6 * 48 }, (_, k) => first + k * HALF_HOUR).filter((at) => !offered.has(at));
    const at = missing[(n * 104_729) % missing.length] ?? 0;
    const asked = { serviceId, staffId: salon.anna.id, startsAt: new Date(at).toISOString(), name: "Ann" };
    const answer = await bookAppointment(salon.ctx, asked);
    expect(answer.ok ? `booked ${asked.startsAt}` : "refused").toBe("refused");
    refused++;
  }
  expect(refused).toBe(10);
});
