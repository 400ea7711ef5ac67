import "server-only";
import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { listMemberships } from "@/db/system";
import { inTenant } from "@/db/tenant";
import { getBookingPage, saveBookingPage } from "@/lib/booking-pages";
import { saveCallView } from "@/lib/calls";
import { createConnection, listConnections, resolveConnection, webhookUrl } from "@/lib/connections";
import { ensurePerson } from "@/lib/identity";
import type { Viewer } from "@/lib/identity/schemas";
import { createOrganization } from "@/lib/organizations";
import { type Context, systemActor } from "@/lib/platform/context";
import {
  createLocation,
  createResource,
  createService,
  createStaff,
  listServices,
  listStaff,
  setWeeklyHours,
  updateService,
} from "@/lib/scheduling";
import { type App, contextFor } from "./app";
import type { BootTask } from "./boot-tasks";
import {
  demoBookingPage,
  demoBusiness,
  demoCallViews,
  demoChairs,
  demoChairsFor,
  demoPlace,
  demoServices,
  demoStaff,
  demoWeek,
} from "./demo-business";
import { provisionEmulated } from "./emulated-connection";
import { foundingOf } from "./founding";
import { ensureAgent } from "./set-up";

/** An address in a domain that cannot exist (RFC 2606): its letters are only ever read in the development mailbox. */
export const DEMO_EMAIL = "owner@marlowe-finch.example";

export const demoTask: BootTask = {
  name: "demo",
  when: hasDemo,
  async run(app) {
    await ensureDemo(app);
  },
};

/** The demo exists where nobody but this machine can reach it, and where we sign people in ourselves. */
export function hasDemo({ env }: Pick<App, "env">): boolean {
  return env.mode === "embedded" && env.loopbackOnly && !env.clerk;
}

/**
 * The demo organisation with hours, services, people, an agent and a line, made through the verbs. Repeatable: what an interrupted start
 * left out is added, what a visitor has changed stays. Writes `<data>/demo.json` for the command line.
 */
export async function ensureDemo(app: App): Promise<{ slug: string; orgId: string }> {
  const owner = await demoOwner(app);
  const { slug, orgId } = (await findDemo(app, owner)) ?? (await found(app, owner));
  const ctx = contextFor(app, orgId, systemActor("demo"));
  await furnish(ctx);
  await openToVisitors(ctx);
  const vapi = await line(app, ctx, await ensureAgent(ctx, demoBusiness));
  writeDemoFile(app.env.dataDir, { org: slug, signIn: { path: "/sign-in", email: DEMO_EMAIL }, vapi });
  return { slug, orgId };
}

const demoOwner = (app: App): Promise<Viewer> =>
  ensurePerson(foundingOf(app), { email: DEMO_EMAIL, name: "Demo owner" });

async function findDemo(app: App, owner: Viewer): Promise<{ slug: string; orgId: string } | undefined> {
  return (await listMemberships(app.database, owner.userId)).find((each) => each.isDemo);
}

/** The demo organisation's address, made now if a start has not made it. */
export async function demoSlug(app: App): Promise<string> {
  return ((await findDemo(app, await demoOwner(app))) ?? (await ensureDemo(app))).slug;
}

async function found(app: App, owner: { userId: string; name: string }) {
  const { organization } = await createOrganization(foundingOf(app), demoBusiness, {
    owner: { userId: owner.userId, label: owner.name },
    isDemo: true,
    onboarding: { step: "done", channel: "browser" },
  });
  return { slug: organization.slug, orgId: organization.id };
}

async function furnish(ctx: Context): Promise<void> {
  if ((await listServices(ctx, { includeArchived: true })).length === 0)
    for (const service of demoServices) await createService(ctx, service);
  if ((await listStaff(ctx, { includeArchived: true })).length > 0) return;
  // People come last, with what they work in: where they are, everything before them is.
  await setWeeklyHours(ctx, { staffId: null, weekly: demoWeek });
  await inTenant(ctx, async (_tx, joined) => {
    const { id: locationId } = await createLocation(joined, demoPlace);
    const chairs: string[] = [];
    for (const name of demoChairs) chairs.push((await createResource(joined, { name, locationId })).id);
    const [service] = (await listServices(joined)).filter((each) => each.name === demoChairsFor);
    if (service) await updateService(joined, { serviceId: service.id, pools: [chairs] });
    for (const view of demoCallViews) await saveCallView(joined, { ...view, isShared: true });
    for (const person of demoStaff) await createStaff(joined, { ...person, locationId });
  });
}

/** Its booking page is on, until somebody has set it up otherwise. */
async function openToVisitors(ctx: Context): Promise<void> {
  if ((await getBookingPage(ctx)).slug) return;
  const serviceIds = (await listServices(ctx)).map((service) => service.id);
  await saveBookingPage(ctx, { isOn: true, serviceIds, ...demoBookingPage });
}

async function line(app: App, ctx: Context, agentId: string): Promise<{ webhookUrl: string; secret: string }> {
  if (app.env.vapi.emulatorUrl) {
    try {
      const { webhookUrl: url, secret } = await provisionEmulated(app, ctx, { agentId });
      return { webhookUrl: url, secret };
    } catch (error) {
      // An emulator that is away keeps nobody from looking around; the next start sets its line up.
      app.log.warn({ err: error }, "the emulator did not take the demo's line");
    }
  }
  const { appUrl } = app.env;
  const [known] = (await listConnections(ctx, { appUrl })).filter((each) => each.mode === "emulated");
  const resolved = known && (await resolveConnection(app, known.id));
  if (resolved) return { webhookUrl: known.webhookUrl, secret: resolved.secrets.current };
  const made = await createConnection(ctx, { name: "Test line", mode: "emulated", agentId });
  return { webhookUrl: webhookUrl(appUrl, made.connectionId), secret: made.secret };
}

/** Written beside and moved into place, so that nobody reads half of it; it carries a secret, hence for its owner's eyes. */
function writeDemoFile(dataDir: string, demo: unknown): void {
  mkdirSync(/*turbopackIgnore: true*/ dataDir, { recursive: true });
  const file = path.join(/*turbopackIgnore: true*/ dataDir, "demo.json");
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
