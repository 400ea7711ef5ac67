import { verifyWebhook } from "@clerk/backend/webhooks";
import { z } from "zod";
import type { ExternalOrganization, ExternalPerson, IdentityChange } from "@/lib/identity/ports";
import { AppError } from "@/lib/platform/errors";
import { roleFrom } from "./session";

const ms = z.number().transform((value) => new Date(value));
const email = z.object({
  id: z.string().nullish(),
  email_address: z.string(),
  verification: z.object({ status: z.string() }).nullish(),
});
const user = z.object({
  id: z.string(),
  email_addresses: z.array(email).default([]),
  primary_email_address_id: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  image_url: z.string().nullish(),
  updated_at: ms,
});
const organization = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string().nullish(),
  created_by: z.string().nullish(),
  updated_at: ms,
});
const membership = z.object({
  role: z.string(),
  updated_at: ms,
  organization,
  public_user_data: z.object({
    user_id: z.string(),
    identifier: z.string().nullish(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    image_url: z.string().nullish(),
  }),
});
const deleted = z.object({ id: z.string() });
const envelope = z.object({ type: z.string(), data: z.unknown(), timestamp: z.number().optional() });

export type ClerkDelivery = { id: string; type: string; change: IdentityChange };

/**
 * A delivery of Clerk's (Standard Webhooks: https://clerk.com/docs/webhooks/overview), verified and in our words. Throws `invalid_input`
 * for a bad signature, missing headers or a payload that is not what its type promises.
 */
export async function readClerkWebhook(raw: Buffer, headers: Headers, signingSecret: string): Promise<ClerkDelivery> {
  const id = headers.get("svix-id") ?? "";
  const request = new Request("https://webhook.invalid/", { method: "POST", headers, body: new Uint8Array(raw) });
  let verified: unknown;
  try {
    verified = await verifyWebhook(request, { signingSecret });
  } catch (cause) {
    throw new AppError("invalid_input", "The webhook's signature does not verify.", { cause });
  }
  const event = envelope.safeParse(verified);
  // The verifier hands on what it knows; the time of the event stands in the body alone.
  const timestamp = event.success ? (event.data.timestamp ?? timestampOf(raw)) : undefined;
  const change = event.success ? changeFrom(event.data.type, event.data.data, timestamp) : undefined;
  if (!event.success || !change)
    throw new AppError("invalid_input", "The webhook's payload is not what its type says.");
  return { id, type: event.data.type, change };
}

function timestampOf(raw: Buffer): number | undefined {
  return envelope.safeParse(JSON.parse(raw.toString("utf8"))).data?.timestamp;
}

/** undefined: the data is not what the type promises. */
export function changeFrom(type: string, data: unknown, timestamp: number | undefined): IdentityChange | undefined {
  const at = timestamp === undefined ? undefined : new Date(timestamp);
  switch (type) {
    case "user.created":
    case "user.updated": {
      if (!user.safeParse(data).success) return undefined;
      const person = personFrom(data);
      // Somebody with a telephone number alone cannot be told apart by e-mail address, which is how we know people.
      return person ? { kind: "person.saved", person } : { kind: "other" };
    }
    case "organization.created":
    case "organization.updated": {
      const parsed = organization.safeParse(data);
      return parsed.success ? { kind: "organization.saved", organization: organizationFrom(parsed.data) } : undefined;
    }
    case "organizationMembership.created":
    case "organizationMembership.updated":
    case "organizationMembership.deleted":
      return membershipChange(type, data, at);
    case "user.deleted":
    case "organization.deleted": {
      const externalId = deleted.safeParse(data).data?.id;
      if (!externalId) return undefined;
      const kind = type === "user.deleted" ? "person.deleted" : "organization.deleted";
      return { kind, externalId, at: at ?? new Date() };
    }
    default:
      return { kind: "other" };
  }
}

function membershipChange(type: string, data: unknown, at: Date | undefined): IdentityChange | undefined {
  const parsed = membership.safeParse(data);
  if (!parsed.success) return undefined;
  const { public_user_data: who, role, updated_at: updatedAt } = parsed.data;
  const organizationOf = organizationFrom(parsed.data.organization);
  if (type === "organizationMembership.deleted")
    return {
      kind: "membership.deleted",
      organizationExternalId: organizationOf.externalId,
      personExternalId: who.user_id,
      at: at ?? updatedAt,
    };
  const address = who.identifier?.includes("@") ? who.identifier.trim().toLowerCase() : undefined;
  return {
    kind: "membership.saved",
    membership: { organization: organizationOf, personExternalId: who.user_id, role: roleFrom(role), updatedAt },
    person: address
      ? {
          externalId: who.user_id,
          email: address,
          emailVerified: false,
          name: fullName(who),
          image: who.image_url ?? null,
        }
      : null,
  };
}

/** A person as Clerk's user object describes them; undefined when it names no e-mail address or is none. */
export function personFrom(data: unknown): ExternalPerson | undefined {
  const parsed = user.safeParse(data);
  if (!parsed.success) return undefined;
  const { email_addresses: addresses, primary_email_address_id: primary } = parsed.data;
  const address = addresses.find((each) => each.id && each.id === primary) ?? addresses[0];
  if (!address) return undefined;
  return {
    externalId: parsed.data.id,
    email: address.email_address.trim().toLowerCase(),
    emailVerified: address.verification?.status === "verified",
    name: fullName(parsed.data),
    image: parsed.data.image_url ?? null,
    updatedAt: parsed.data.updated_at,
  };
}

const fullName = (who: { first_name?: string | null | undefined; last_name?: string | null | undefined }): string =>
  [who.first_name, who.last_name].filter(Boolean).join(" ").trim();

const organizationFrom = (data: z.output<typeof organization>): ExternalOrganization => ({
  externalId: data.id,
  name: data.name,
  slug: data.slug ?? null,
  createdBy: data.created_by ?? null,
  updatedAt: data.updated_at,
});
