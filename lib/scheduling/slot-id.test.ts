import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { newId } from "@/lib/platform/ids";
import { readSlotId, resolveSlot, slotIdOf } from "./slot-id";

const key = createHash("sha256").update("slots").digest();
const services = [{ id: newId("service") }, { id: newId("service") }];
const staff = [{ id: newId("staff") }, { id: newId("staff") }];
const orgId = newId("organization");
const startMs = Date.UTC(2026, 10, 24, 15, 30);
const [service, person] = [services[1] ?? { id: "" }, staff[0] ?? { id: "" }];
const id = slotIdOf(key, { orgId, serviceId: service.id, staffId: person.id, startMs });

it("leads back to service, person and start, however the letters were cased", () => {
  expect(id).toMatch(/^slot_[0-9a-z]{31}$/);
  expect(resolveSlot(key, orgId, id, services, staff)).toEqual({ service, person, startMs, origin: "asked" });
  const byTurn = slotIdOf(key, { orgId, serviceId: service.id, staffId: person.id, startMs, origin: "round_robin" });
  expect(byTurn).toMatch(/^slot_[0-9a-z]{31}$/);
  expect(resolveSlot(key, orgId, byTurn, services, staff)).toEqual({ service, person, startMs, origin: "round_robin" });
  expect(resolveSlot(key, orgId, ` ${id.toUpperCase()} `, services, staff)?.startMs).toBe(startMs);
});

it("is worth nothing altered, in another organisation, or under another key", () => {
  const swapped = (at: number) => `${id.slice(0, at)}${id[at] === "0" ? "1" : "0"}${id.slice(at + 1)}`;
  for (let at = 5; at < id.length; at++) expect(resolveSlot(key, orgId, swapped(at), services, staff)).toBeUndefined();
  expect(resolveSlot(key, newId("organization"), id, services, staff)).toBeUndefined();
  expect(resolveSlot(createHash("sha256").update("x").digest(), orgId, id, services, staff)).toBeUndefined();
  for (const text of ["", "slot_", id.slice(0, -1), `${id}0`, "10:30"]) expect(readSlotId(text)).toBeUndefined();
});
