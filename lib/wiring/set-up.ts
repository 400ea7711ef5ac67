import "server-only";
import { and, eq } from "drizzle-orm";
import { calls } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { createAgent, getPublishedAgent, jobDefaults } from "@/lib/agents";
import { minorUnits, setOnboarding } from "@/lib/organizations";
import { type OnboardingState, type Organization, tradePacks } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import {
  archiveService,
  createService,
  createStaff,
  listServices,
  listStaff,
  setWeeklyHours,
  updateService,
} from "@/lib/scheduling";
import type { ServiceInput, Week } from "@/lib/scheduling/schemas";
import { app } from "./app";
import { provisionEmulated } from "./emulated-connection";

export type OfferedService = Pick<ServiceInput, "name" | "durationMinutes" | "priceCents"> & {
  serviceId?: string | undefined;
};
export type Offer = { weekly: Week; services: OfferedService[]; people: string[] };

/** The week a trade's pack begins with, Sunday first. */
export const packWeek = (org: Pick<Organization, "trade">): Week =>
  Array.from({ length: 7 }, (_, weekday) =>
    packOf(org)
      .hours.filter((span) => span.weekday === weekday)
      .map(({ startMinute, endMinute }) => ({ startMinute, endMinute })),
  );

/** The services a trade's pack begins with, priced in the currency's minor units. */
export const packServices = (org: Pick<Organization, "trade" | "currency">): ServiceInput[] =>
  packOf(org).services.map((service) => ({
    name: service.name,
    aliases: [...service.aliases],
    durationMinutes: service.durationMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
    priceCents: service.priceCents === null ? null : Math.round((service.priceCents * minorUnits(org.currency)) / 100),
  }));

/** Unknown trades (an organisation that came from elsewhere) begin like any business. */
export const packOf = (org: Pick<Organization, "trade">) =>
  org.trade in tradePacks ? tradePacks[org.trade as keyof typeof tradePacks] : tradePacks.other;

/**
 * Hours, services and people as the onboarding's form has them, all or nothing: what is there already is changed, what is missing made,
 * services left out are no longer offered, people left out stay (they may have bookings).
 */
export async function saveOffer(ctx: Context, org: Organization, offer: Offer): Promise<void> {
  await inTenant(ctx, async (_tx, joined) => {
    await setWeeklyHours(joined, { staffId: null, weekly: offer.weekly });
    const known = await listServices(joined);
    const aliases = new Map(packServices(org).map((service) => [service.name, service]));
    for (const { serviceId, ...fields } of offer.services) {
      if (known.some((service) => service.id === serviceId))
        await updateService(joined, { serviceId: serviceId ?? "", ...fields });
      else await createService(joined, { ...aliases.get(fields.name), ...fields });
    }
    const kept = new Set(offer.services.map((service) => service.serviceId));
    for (const service of known) if (!kept.has(service.id)) await archiveService(joined, service.id);
    const names = new Set((await listStaff(joined)).map((person) => person.name));
    for (const name of offer.people) if (!names.has(name)) await createStaff(joined, { name });
    await advance(joined, org, 3);
  });
}

/** One agent with version 1 and, where calls can be emulated, a line to try it on; what is there already stays. */
export async function saveChannel(
  ctx: Context,
  org: Organization,
  channel: NonNullable<OnboardingState["channel"]>,
): Promise<void> {
  const agentId = await ensureAgent(ctx, org);
  const theApp = await app();
  // Speaks to the emulator, so it stays outside any transaction.
  if (theApp.env.vapi.emulatorUrl) await provisionEmulated(theApp, ctx, { agentId });
  await advance(ctx, org, 4, channel);
}

/** The organisation's first agent, made from its trade's pack when there is none. */
export async function ensureAgent(ctx: Context, org: Pick<Organization, "trade">): Promise<string> {
  const known = await getPublishedAgent(ctx);
  if (known) return known.id;
  const pack = packOf(org);
  const instructions = `${pack.instructions}\n${jobDefaults.front_desk.instructions}`;
  return (await createAgent(ctx, { name: pack.agentName, job: "front_desk", settings: { instructions } })).id;
}

const WAIT_MS = 6_000;
const STEP_MS = 150;

/** Our id of a call that was just placed, once its first message has come through the front door; undefined when it takes too long. */
export async function awaitCall(ctx: Context, externalId: string): Promise<string | undefined> {
  for (const giveUpAt = performance.now() + WAIT_MS; performance.now() < giveUpAt; ) {
    const [row] = await inTenant(ctx, (tx) =>
      tx
        .select({ id: calls.id })
        .from(calls)
        .where(and(eq(calls.orgId, ctx.orgId), eq(calls.externalId, externalId))),
    );
    if (row) return row.id;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return undefined;
}

/** Moves the bookmark forward, never back. */
export async function advance(
  ctx: Context,
  org: Pick<Organization, "onboarding">,
  step: OnboardingState["step"],
  channel: OnboardingState["channel"] = org.onboarding.channel,
): Promise<void> {
  const at = org.onboarding.step;
  const furthest = at === "done" || (step !== "done" && at > step) ? at : step;
  await setOnboarding(ctx, { step: furthest, ...(channel ? { channel } : {}) });
}
