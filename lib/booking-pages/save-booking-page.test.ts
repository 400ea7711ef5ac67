import { expect, test } from "vitest";
import { listAuditEntries } from "@/lib/events";
import { archiveService, updateService } from "@/lib/scheduling";
import { createPublicSalon } from "@/tests/booking-page";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { findBookingPage } from "./find-booking-page";
import { getBookingPage } from "./get-booking-page";
import { getPublicPage } from "./get-public-page";
import { saveBookingPage } from "./save-booking-page";

const database = await pgliteDatabase();
const slugOf = (page: { services: { name: string; slug: string | null }[] }, name: string) =>
  page.services.find((service) => service.name === name)?.slug;

test("without its owner's word nobody finds a page", async () => {
  const salon = await createSalon(database);
  expect(await getBookingPage(salon.ctx)).toMatchObject({ isOn: false, slug: null });
  expect(await findBookingPage({ database }, salon.slug)).toBeUndefined();
  await expect(getPublicPage(salon.ctx)).rejects.toMatchObject({ code: "not_found" });
});

test("switched on it lives at the organisation's address and shows what was chosen, no more", async () => {
  const salon = await createPublicSalon(database, { welcome: " Come in. ", phone: "(202) 555-0123" });
  expect(await findBookingPage({ database }, salon.slug)).toEqual({ orgId: salon.orgId, slug: salon.slug });
  await saveBookingPage(salon.as("admin"), { isOn: true, serviceIds: [salon.colour.id, "svc_unknown"] });
  const page = await getPublicPage(salon.visitor);
  expect(page).toEqual({
    name: "Test Salon",
    timeZone: "America/New_York",
    country: "US",
    currency: "USD",
    isListed: false,
    welcome: "",
    afterBooking: "",
    phone: null,
    movedServices: {},
    services: [
      {
        id: salon.colour.id,
        slug: "colour",
        name: "Colour",
        description: "",
        durationMinutes: 90,
        priceCents: null,
        horizonDays: 60,
        staff: [
          { id: salon.anna.id, name: "Anna Berg", placeId: null, durationMinutes: 90 },
          { id: salon.ben.id, name: "Ben Okafor", placeId: null, durationMinutes: 90 },
        ],
        places: [],
      },
    ],
  });
  await archiveService(salon.ctx, salon.colour.id);
  expect((await getPublicPage(salon.visitor)).services).toEqual([]);
});

test("a new address takes over and the old one leads to it; one that somebody has or had is refused and changes nothing", async () => {
  const salon = await createPublicSalon(database);
  const settings = { isOn: true, serviceIds: [salon.haircut.id] };
  const fresh = `fresh-${salon.slug}`;
  await saveBookingPage(salon.as("owner"), { ...settings, slug: fresh });
  for (const slug of [salon.slug, fresh, fresh.toUpperCase()])
    expect(await findBookingPage({ database }, slug)).toEqual({ orgId: salon.orgId, slug: fresh });
  const other = await createPublicSalon(database);
  for (const taken of [salon.slug, fresh]) {
    const refused = await saveBookingPage(other.as("owner"), { isOn: false, serviceIds: [], slug: taken });
    expect(refused.ok || refused.reason).toBe("address_taken");
  }
  expect(await getBookingPage(other.ctx)).toMatchObject({ isOn: true, slug: other.slug });
  await saveBookingPage(salon.as("owner"), { ...settings, slug: salon.slug });
  expect((await findBookingPage({ database }, fresh))?.slug).toBe(salon.slug);
  for (const slug of ["", "a b", "-a", "a--b", "ä", "x".repeat(49)])
    await expect(saveBookingPage(salon.as("owner"), { ...settings, slug })).rejects.toMatchObject({
      options: { fields: [{ path: "slug" }] },
    });
});

test("a service that is renamed gets another address, and the old one leads to it", async () => {
  const salon = await createPublicSalon(database);
  expect([slugOf(salon.page, "Haircut"), slugOf(salon.page, "Colour")]).toEqual(["haircut", "colour"]);
  await updateService(salon.ctx, { serviceId: salon.haircut.id, name: "Wash & cut" });
  await updateService(salon.ctx, { serviceId: salon.colour.id, name: "Haircut" });
  const serviceIds = [salon.haircut.id, salon.colour.id];
  const saved = await saveBookingPage(salon.as("owner"), { isOn: true, serviceIds });
  if (!saved.ok) throw new Error(saved.reason);
  // Links that people have keep leading to what they were made for.
  expect([slugOf(saved.value, "Wash & cut"), slugOf(saved.value, "Haircut")]).toEqual(["wash-cut", "haircut-2"]);
  expect((await getPublicPage(salon.visitor)).movedServices).toEqual({ haircut: "wash-cut", colour: "haircut-2" });
});

test("each change is told once, in the audit; the same settings again are none", async () => {
  const salon = await createPublicSalon(database);
  const serviceIds = [salon.haircut.id];
  await saveBookingPage(salon.as("owner"), { isOn: true, serviceIds, welcome: "Hello" });
  await saveBookingPage(salon.as("owner"), { isOn: true, serviceIds, welcome: "Hello" });
  const all = (await listAuditEntries(salon.ctx, { subjectId: salon.orgId })).items;
  const items = all.filter((entry) => entry.action === "booking_page.changed");
  expect(items).toHaveLength(2);
  expect(items[0]?.changes).toEqual({
    welcome: { from: "", to: "Hello" },
    services: { from: ["Haircut", "Colour"], to: ["Haircut"] },
  });
});

test("members and viewers set up nothing, and a number that is none is refused at its field", async () => {
  const salon = await createPublicSalon(database);
  for (const role of ["member", "viewer"] as const)
    await expect(saveBookingPage(salon.as(role), { isOn: false, serviceIds: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
  const bad = saveBookingPage(salon.as("owner"), { isOn: false, serviceIds: [], phone: "call me" });
  await expect(bad).rejects.toMatchObject({ options: { fields: [{ path: "phone" }] } });
  expect((await getBookingPage(salon.ctx)).isOn).toBe(true);
});
