import { expect, it } from "vitest";

import { type AuditEntry, toHistory } from "./history";

const entry = (
  action: string,
  changes: Record<string, unknown>,
  actorKind: AuditEntry["actorKind"] = "member",
): AuditEntry => ({
  id: action,
  orgId: "org_1",
  actorKind,
  actorId: null,
  actorLabel: "Mia",
  action,
  subjectKind: "booking",
  subjectId: "bkg_1",
  changes,
  createdAt: new Date("2026-11-20T12:00:00Z"),
});

it("tells a booking's history in the business's time", () => {
  const said = toHistory(
    [
      entry("booking.created", { startsAt: "2026-11-24T10:30:00Z", service: "Cut", staff: "Anna" }, "agent"),
      entry("booking.rescheduled", {
        startsAt: { from: "2026-11-24T10:30:00Z", to: "2026-11-25T11:00:00Z" },
        staff: { from: "Anna", to: "Ben" },
      }),
      entry("booking.updated", { status: { from: "confirmed", to: "no_show" }, notes: { from: "", to: "late" } }),
      entry("booking.cancelled", { startsAt: "2026-11-25T11:00:00Z", reason: "Ill" }, "contact"),
    ],
    "America/New_York",
  ).map(({ who, what }) => `${who} ${what}`);
  expect(said).toEqual([
    "The agent booked it for Tue 24 Nov, 05:30",
    "Mia moved it from Tue 24 Nov, 05:30 to Wed 25 Nov, 06:00, and from Anna to Ben",
    "Mia changed the state from confirmed to “did not come” and the notes",
    "The caller cancelled it: “Ill”",
  ]);
});
