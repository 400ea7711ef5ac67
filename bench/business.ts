import { createAgent } from "@/lib/agents";
import { createConnection } from "@/lib/connections";
import { createOrganization } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { createService, createStaff, findSlots, setWeeklyHours } from "@/lib/scheduling";
import type { App } from "@/lib/wiring/app";
import { foundingOf } from "@/lib/wiring/founding";

const DAYS_AHEAD = 90;
const STAFF = 10;

/** A business with ten people and some thousand bookable half hours, made through the verbs. */
export async function createBusiness(app: App, owner: { userId: string; label: string }) {
  const { ctx, organization } = await createOrganization(
    foundingOf(app),
    { name: "Bench Salon", timeZone: "America/New_York", country: "US" },
    { owner },
  );
  const day = [{ startMinute: 480, endMinute: 1200 }];
  await setWeeklyHours(ctx, { staffId: null, weekly: [day, day, day, day, day, day, day] });
  const service = await createService(ctx, {
    name: "Haircut",
    durationMinutes: 30,
    slotGridMinutes: 30,
    horizonDays: DAYS_AHEAD,
    priceCents: 4500,
  });
  const people: { id: string }[] = [];
  for (let n = 1; n <= STAFF; n++) people.push(await createStaff(ctx, { name: `Person ${n}` }));
  const agent = await createAgent(ctx, { name: "Ava", job: "appointment_booker" });
  const { connectionId, secret } = await createConnection(ctx, { name: "Bench", mode: "live", agentId: agent.id });
  return { ctx, organization, service, people, connectionId, secret };
}

/** Bookable slot ids of each person, none twice. */
export async function slotIds(ctx: Context, serviceId: string, staffId: string): Promise<string[]> {
  const { slots } = await findSlots(ctx, { serviceId, staffId });
  return slots.map((slot) => slot.slot);
}
