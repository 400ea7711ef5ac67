import { describe, expect, it } from "vitest";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { book, had, liveRows, startsOf, TUESDAY } from "@/tests/salon-bookings";
import { cancelBooking } from "./cancel-booking";
import { closeResource } from "./close-resource";
import { createLocation } from "./create-location";
import { createResource } from "./create-resource";
import { getBooking } from "./get-booking";
import { getResource } from "./list-resources";
import { getService } from "./list-services";
import { reopenResource } from "./reopen-resource";
import { updateBooking } from "./update-booking";
import { updateLocation } from "./update-location";
import { updateResource } from "./update-resource";
import { updateService } from "./update-service";
import { updateStaff } from "./update-staff";

const database = await pgliteDatabase();

describe("rooms and chairs", () => {
  it("are occupied one of each pool, by whoever does it, and free again with the booking", async () => {
    const salon = await createSalon(database);
    const chair = await createResource(salon.ctx, { name: "Chair" });
    const [red, blue] = [
      await createResource(salon.ctx, { name: "Red room" }),
      await createResource(salon.ctx, { name: "Blue room" }),
    ];
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id], [chair.id]] });
    expect((await getService(salon.ctx, salon.haircut.id)).pools).toEqual([[red.id, blue.id].sort(), [chair.id]]);
    const first = had(await book(salon, salon.haircut.id, "10:00"));
    expect(first.resources).toEqual(["Red room", "Chair"]);
    expect((await getBooking(salon.ctx, first.id)).resources).toEqual(["Chair", "Red room"]);
    const second = await book(salon, salon.haircut.id, "10:00", salon.ben.id);
    if (second.ok) throw new Error("one chair, two people on it");
    expect([second.reason, second.detail.rule]).toEqual(["no_resource", "no_resource"]);
    expect(await startsOf(salon, salon.haircut.id, { staffId: salon.ben.id })).not.toContain("10:00");
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id]] });
    const beside = had(await book(salon, salon.haircut.id, "10:00", salon.ben.id));
    expect(beside.resources).toEqual(["Blue room"]);
    await cancelBooking(salon.ctx, { bookingId: first.id });
    expect(await liveRows(database, salon.orgId)).toHaveLength(1);
    expect((await updateBooking(salon.ctx, { bookingId: beside.id, notes: "x" })).ok).toBe(true);
  });

  it("are closed for a time on their place's wall clock, the reason told, and open again", async () => {
    const salon = await createSalon(database);
    const west = await createLocation(salon.ctx, { name: "West", timeZone: "America/Los_Angeles" });
    const room = await createResource(salon.ctx, { name: "Red room" });
    const { haircut } = salon;
    await updateService(salon.ctx, { serviceId: haircut.id, pools: [[room.id]] });
    had(await book(salon, haircut.id, "11:00"));
    const closure = { resourceId: room.id, fromDate: TUESDAY, untilDate: TUESDAY, reason: "Painting" };
    const closed = await closeResource(salon.ctx, { ...closure, fromMinute: 600, untilMinute: 720 });
    expect(closed.booked).toBe(1);
    expect((await startsOf(salon, haircut.id)).slice(0, 4)).toEqual(["09:00", "09:30", "12:00", "12:30"]);
    const refused = await book(salon, haircut.id, "10:30", salon.ben.id);
    expect(refused.ok || [refused.reason, refused.detail.say]).toEqual([
      "no_resource",
      "Red room is closed (Painting) Tuesday the 24th at 10:30 in the morning",
    ]);
    await updateResource(salon.ctx, { resourceId: room.id, locationId: west.id });
    const later = await closeResource(salon.ctx, { ...closure, fromMinute: 780 });
    expect((await getResource(salon.ctx, room.id)).closures).toMatchObject([
      { id: closed.id },
      { id: later.id, startsAt: new Date("2026-11-24T21:00:00Z"), endsAt: new Date("2026-11-25T08:00:00Z") },
    ]);
    await reopenResource(salon.ctx, closed.id);
    await reopenResource(salon.ctx, closed.id);
    expect(await startsOf(salon, haircut.id)).toContain("10:00");
    for (const [fromDate, untilDate] of [
      [TUESDAY, "2026-11-23"],
      ["2026-11-01", "2026-11-02"],
    ] as const)
      await expect(closeResource(salon.ctx, { ...closure, fromDate, untilDate })).rejects.toMatchObject({
        options: { fields: [{ path: "untilDate" }] },
      });
    const stranger = await createSalon(database);
    await reopenResource(stranger.ctx, later.id);
    await expect(closeResource(stranger.ctx, closure)).rejects.toMatchObject({ code: "not_found" });
    expect((await getResource(salon.ctx, room.id)).closures).toHaveLength(1);
  });

  it("stay while a service would be left with none, and places while somebody works there", async () => {
    const salon = await createSalon(database);
    const [red, blue] = [
      await createResource(salon.ctx, { name: "Red room" }),
      await createResource(salon.ctx, { name: "Blue room" }),
    ];
    const west = await createLocation(salon.ctx, { name: "West" });
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id]], locationIds: [west.id] });
    await updateResource(salon.ctx, { resourceId: red.id, active: false });
    await expect(updateResource(salon.ctx, { resourceId: blue.id, active: false })).rejects.toMatchObject({
      options: {
        fields: [{ path: "active", message: "Haircut cannot be done without it: change what it needs first." }],
      },
    });
    const closing = () => updateLocation(salon.ctx, { locationId: west.id, active: false });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
    await expect(closing()).rejects.toMatchObject({
      options: { fields: [{ message: "Ben Okafor works here: give them another place first." }] },
    });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: null });
    await expect(closing()).rejects.toMatchObject({
      options: { fields: [{ message: "Haircut can be had only here: change where first." }] },
    });
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [], locationIds: [] });
    await closing();
    await updateResource(salon.ctx, { resourceId: blue.id, active: false });
  });

  it("cannot be another organisation's", async () => {
    const [salon, other] = [await createSalon(database), await createSalon(database)];
    const room = await createResource(other.ctx, { name: "Room" });
    await expect(updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[room.id]] })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
