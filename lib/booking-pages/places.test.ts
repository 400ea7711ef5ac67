import { beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { createLocation, createStaff, findSlots, getBooking, updateLocation, updateStaff } from "@/lib/scheduling";
import { createPublicSalon } from "@/tests/booking-page";
import { pgliteDatabase } from "@/tests/database";
import { tuesday } from "@/tests/salon";
import { bookFromPage } from "./book-from-page";
import { getPublicPage } from "./get-public-page";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

/** Anna and Cleo work in the east, Ben in the west. */
async function salonOfTwoPlaces() {
  const salon = await createPublicSalon(database);
  const west = await createLocation(salon.ctx, { name: "West", address: "1 West Street\nSpringfield" });
  const east = await createLocation(salon.ctx, { name: "East" });
  const cleo = await createStaff(salon.ctx, { name: "Cleo Park", locationId: east.id });
  await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
  await updateStaff(salon.ctx, { staffId: salon.anna.id, locationId: east.id });
  return { ...salon, west, east, cleo };
}

const form = (serviceId: string, slot: string, who: string) => ({
  serviceId,
  slot,
  isAnyone: true,
  name: who,
  phone: "(202) 555-0123",
  email: "",
  notes: "",
  formKey: `key-of-${who}-0123456789`,
});

test("a page tells in which places each service is done, and by whom in each", async () => {
  const { visitor, haircut, west, east, anna, ben, cleo } = await salonOfTwoPlaces();
  const page = await getPublicPage(visitor);
  expect(page.services.find((each) => each.id === haircut.id)).toMatchObject({
    places: [
      { id: west.id, name: "West", address: "1 West Street\nSpringfield" },
      { id: east.id, name: "East" },
    ],
    staff: expect.arrayContaining([
      { id: anna.id, name: "Anna Berg", placeId: east.id, durationMinutes: 30 },
      { id: ben.id, name: "Ben Okafor", placeId: west.id, durationMinutes: 30 },
      { id: cleo.id, name: "Cleo Park", placeId: east.id, durationMinutes: 30 },
    ]),
  });
});

test("a page tells the clock of each place, and how long a service takes each person", async () => {
  const { ctx, visitor, haircut, colour, west, ben } = await salonOfTwoPlaces();
  await updateLocation(ctx, { locationId: west.id, timeZone: "America/Los_Angeles" });
  await updateStaff(ctx, { staffId: ben.id, terms: [{ serviceId: haircut.id, durationMinutes: 45 }] });
  const { services } = await getPublicPage(visitor);
  const told = (serviceId: string) => services.find((each) => each.id === serviceId);
  expect(told(haircut.id)?.places.map(({ name, timeZone }) => [name, timeZone])).toEqual([
    ["West", "America/Los_Angeles"],
    ["East", "America/New_York"],
  ]);
  const minutes = (serviceId: string) => told(serviceId)?.staff.map((each) => [each.name, each.durationMinutes]);
  expect(minutes(haircut.id)).toEqual([
    ["Anna Berg", 30],
    ["Ben Okafor", 45],
    ["Cleo Park", 30],
  ]);
  expect(minutes(colour.id)?.every(([, each]) => each === 90)).toBe(true);
});

test("a time at a place is booked there: by somebody else of it where the one who was offered is gone, never elsewhere", async () => {
  const { ctx, visitor, haircut, west, east, anna, cleo } = await salonOfTwoPlaces();
  const day = { fromDate: "2026-11-24", toDate: "2026-11-24" };
  const slotIn = async (locationId: string) => {
    const { slots } = await findSlots(ctx, { serviceId: haircut.id, locationId, ...day });
    expect(slots.every((slot) => slot.locationId === locationId)).toBe(true);
    return slots.find((slot) => slot.startsAt === tuesday("10:30"));
  };
  const inEast = await slotIn(east.id);
  expect(inEast).toMatchObject({ location: "East" });
  const done: (string | null)[] = [];
  for (const who of ["Mary", "Nora"]) {
    const booked = await bookFromPage(visitor, form(haircut.id, inEast?.slot ?? "", who));
    if (!booked.ok) throw new Error(booked.reason);
    const { locationId, staffId } = await getBooking(ctx, booked.value.bookingId);
    expect(locationId).toBe(east.id);
    done.push(staffId);
  }
  expect(done.sort()).toEqual([anna.id, cleo.id].sort());
  // Ben is free at that time, but in the west.
  const third = await bookFromPage(visitor, form(haircut.id, inEast?.slot ?? "", "Olga"));
  expect(third.ok || third.reason).toBe("slot_taken");
  expect(await slotIn(west.id)).toMatchObject({ location: "West" });
});
