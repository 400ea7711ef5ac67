import { z } from "zod";
import type { ExternalRole, ExternalSession } from "@/lib/identity/ports";

const claims = z.object({
  sub: z.string().min(1),
  iat: z.number(),
  /**
   * Custom claims: the session token's template has to carry them (`{{user.primary_email_address}}`, `{{user.email_verified}}`,
   * `{{user.full_name}}`).
   */
  email: z.string().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  o: z.object({ id: z.string(), rol: z.string().optional(), slg: z.string().optional() }).optional().catch(undefined),
});

/** Clerk's role names to ours: "admin" and "member" with or without their prefix, a custom "viewer"; whatever else may only look. */
export function roleFrom(role: string | undefined | null): ExternalRole {
  const name = role?.replace(/^org:/, "");
  if (name === "admin" || name === "member") return name;
  return name === "basic_member" ? "member" : "viewer";
}

/** The session a verified token speaks of; undefined when the claims are none of a Clerk session (version 2). */
export function sessionFrom(verified: unknown): ExternalSession | undefined {
  const parsed = claims.safeParse(verified);
  if (!parsed.success) return undefined;
  const { sub, iat, email, email_verified: emailVerified = false, name, o } = parsed.data;
  return {
    externalId: sub,
    email: email?.trim().toLowerCase() || null,
    emailVerified,
    name: name?.trim() ?? "",
    issuedAt: new Date(iat * 1000),
    organization: o ? { externalId: o.id, slug: o.slg ?? null, role: roleFrom(o.rol) } : null,
  };
}
