import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { explainAvailability } from "./explain-availability";
import { findSlots } from "./find-slots";
import { updateStaff } from "./update-staff";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const on = "2026-11-24";

it("explains a whole day: every offered time as offered, every other with its rule, and nothing is written", async () => {
  const salon = await createSalon(database);
  const serviceId = salon.haircut.id;
  await bookAppointment(salon.ctx, { serviceId, staffId: salon.anna.id, startsAt: tuesday("10:00") });
  await bookAppointment(salon.ctx, { serviceId, staffId: salon.ben.id, startsAt: tuesday("10:00") });
  const { times, timeZone } = await explainAvailability(salon.ctx, { serviceId, onDate: on });
  const { slots } = await findSlots(salon.ctx, { serviceId, fromDate: on, toDate: on });
  expect(timeZone).toBe("America/New_York");
  expect(times).toHaveLength(48);
  expect(times.filter((each) => each.isOffered).map((each) => each.startMs)).toEqual(slots.map((slot) => slot.startMs));
  const at = (time: string) => times.find((each) => each.startMs === Date.parse(tuesday(time)));
  expect(at("08:30")).toMatchObject({
    why: { rule: "before_opening" },
    say: "We open at 9 in the morning on Tuesdays",
  });
  expect(at("10:00")?.staff.map((each) => each.why?.rule)).toEqual(["staff_busy", "staff_busy"]);
  expect(at("17:00")?.say).toBe("We close at 5 in the afternoon on Tuesdays");
  expect(at("11:00")).toMatchObject({ isOffered: true, who: { name: "Anna Berg", by: "round_robin" } });
});

it("explains one time, for everybody or one person, between the steps as well", async () => {
  const salon = await createSalon(database);
  await updateStaff(salon.ctx, { staffId: salon.ben.id, serviceIds: [salon.colour.id] });
  const one = async (time: string, staffId?: string) => {
    const asked = { serviceId: salon.haircut.id, startsAt: tuesday(time), ...(staffId ? { staffId } : {}) };
    return (await explainAvailability(salon.ctx, asked)).times[0];
  };
  expect(await one("11:00")).toMatchObject({ isOffered: true, who: { by: "only_one" } });
  expect(await one("11:00", salon.ben.id)).toMatchObject({ why: { rule: "staff_cannot" }, isBookable: false });
  expect(await one("11:10")).toMatchObject({ isBookable: true, isOffered: false, why: { rule: "off_grid" } });
});

it("refuses a question that names neither or both, and an unknown service", async () => {
  const salon = await createSalon(database);
  const serviceId = salon.haircut.id;
  await expect(explainAvailability(salon.ctx, { serviceId })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(
    explainAvailability(salon.ctx, { serviceId, onDate: on, startsAt: tuesday("10:00") }),
  ).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(explainAvailability(salon.ctx, { serviceId: "svc_x", onDate: on })).rejects.toMatchObject({
    code: "not_found",
  });
});
