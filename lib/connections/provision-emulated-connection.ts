import { and, asc, eq, isNull } from "drizzle-orm";
import { connections, organizations, phoneNumbers } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { createConnection } from "./create-connection";
import type { NumberProvider, ProviderNumber } from "./ports";
import { forgetConnection } from "./resolve-connection";
import { webhookUrl } from "./rules/webhook-url";
import { type WebhookAuth, webhookAuth } from "./schemas";
import { unsealFor } from "./secrets";

export type Provisioned = {
  connectionId: string;
  secret: string;
  webhookUrl: string;
  phoneNumberId: string;
  number: string | null;
};

type Ports = {
  numbers: NumberProvider;
  appUrl: string;
  /** The server of a number in the provider's words, carrying the secret. */
  server(input: { url: string; secret: string; auth: WebhookAuth }): object | undefined;
};

/**
 * Makes sure that the organisation has a connection to the emulator and a number there that sends its messages here. Repeatable: at every
 * start the number is told the address and secret of now, and made anew where the emulator has forgotten it.
 */
export async function provisionEmulatedConnection(
  ctx: Context,
  input: { agentId?: string | undefined },
  ports: Ports,
): Promise<Provisioned> {
  authorise(ctx, "connections.manage");
  const { connectionId, secret, auth, slug, known } = await findOrCreate(ctx, input.agentId);
  const url = webhookUrl(ports.appUrl, connectionId);
  const wanted = { name: slug.slice(0, 40), server: ports.server({ url, secret, auth }) };
  const found = (await ports.numbers.listPhoneNumbers()).find(
    (number) => number.id === known?.externalId || number.serverUrl?.endsWith(`/${connectionId}`),
  );
  const number = found
    ? await ports.numbers.updatePhoneNumber(found.id, wanted)
    : await createNumber(ports.numbers, wanted);
  await remember(ctx, connectionId, number, known?.id);
  forgetConnection(connectionId);
  return { connectionId, secret, webhookUrl: url, phoneNumberId: number.id, number: number.number ?? null };
}

async function findOrCreate(ctx: Context, agentId: string | undefined) {
  const found = await inTenant(ctx, async (tx) => {
    const [org] = await tx
      .select({ slug: organizations.slug })
      .from(organizations)
      .where(eq(organizations.id, ctx.orgId));
    const [row] = await tx
      .select()
      .from(connections)
      .where(and(eq(connections.orgId, ctx.orgId), eq(connections.mode, "emulated"), isNull(connections.disabledAt)))
      .orderBy(asc(connections.id))
      .limit(1);
    const [known] = row
      ? await tx
          .select()
          .from(phoneNumbers)
          .where(and(eq(phoneNumbers.orgId, ctx.orgId), eq(phoneNumbers.connectionId, row.id)))
          .orderBy(asc(phoneNumbers.id))
          .limit(1)
      : [];
    return { slug: org?.slug ?? ctx.orgId, row, known };
  });
  if (found.row) {
    const secret = unsealFor(ctx.keys, found.row.id, found.row.webhookSecretEnc);
    return {
      connectionId: found.row.id,
      secret,
      auth: webhookAuth.parse(found.row.webhookAuth),
      slug: found.slug,
      known: found.known,
    };
  }
  const made = await createConnection(ctx, {
    name: "Emulated line",
    mode: "emulated",
    ...(agentId ? { agentId } : {}),
  });
  return { ...made, auth: { method: "secret_header" } as const, slug: found.slug, known: undefined };
}

/** The emulator draws its numbers at random, and now and then one twice. */
async function createNumber(numbers: NumberProvider, wanted: object): Promise<ProviderNumber> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await numbers.createPhoneNumber({ provider: "vapi", ...wanted });
    } catch (error) {
      if (attempt >= 4 || (error as { status?: unknown }).status !== 409) throw error;
    }
  }
}

async function remember(
  ctx: Context,
  connectionId: string,
  number: ProviderNumber,
  id: string | undefined,
): Promise<void> {
  const now = ctx.clock.now();
  const values = {
    externalId: number.id,
    number: number.number ?? null,
    label: number.name ?? "Emulated line",
    updatedAt: now,
  };
  await inTenant(ctx, (tx) =>
    id
      ? tx
          .update(phoneNumbers)
          .set(values)
          .where(and(eq(phoneNumbers.orgId, ctx.orgId), eq(phoneNumbers.id, id)))
      : tx
          .insert(phoneNumbers)
          .values({ id: newId("phoneNumber"), orgId: ctx.orgId, connectionId, createdAt: now, ...values })
          .onConflictDoNothing(),
  );
}
