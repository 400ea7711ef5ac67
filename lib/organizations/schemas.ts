import { z } from "zod";
import type { organizations } from "@/db/schema";
import type { Membership as StoredMembership } from "@/db/system";
import type { MemberRole } from "./rules/permissions";
import { memberRoles } from "./rules/role-labels";
import { trades } from "./rules/trade-labels";

export type { MemberRole, Permission } from "./rules/permissions";
export { memberRoles, roleHelp, roleLabels } from "./rules/role-labels";
export { type Trade, trades } from "./rules/trade-labels";
export { type TradePack, tradePacks } from "./rules/trade-packs";

export type Organization = typeof organizations.$inferSelect;
export type OnboardingState = Organization["onboarding"];

export const memberRole = z.enum(memberRoles, "Choose a role.");

const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
/** An IANA zone name as this runtime knows it; older names are accepted and kept as given. */
export const timeZone = z.string().refine((zone) => zones.has(zone) || isZone(zone), "Choose a time zone.");

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]+\/[\w/+-]+$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** ISO 3166-1 alpha-2. */
export const country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "Choose a country.");

/** ISO 4217. */
export const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => /^[A-Z]{3}$/.test(code) && currencies.has(code), "Choose a currency.");
const currencies = new Set(Intl.supportedValuesOf("currency"));

export const organizationName = z
  .string()
  .trim()
  .min(1, "Give the business a name.")
  .max(80, "At most 80 letters, please.");

export const createOrganizationInput = z.object({
  name: organizationName,
  trade: z.enum(trades, "Choose a trade.").default("other"),
  timeZone: timeZone.default("UTC"),
  country: country.default("US"),
  currency: currency.optional(),
});
export type CreateOrganizationInput = z.input<typeof createOrganizationInput>;

export const updateOrganizationInput = z.object({
  name: organizationName.optional(),
  trade: z.enum(trades, "Choose a trade.").optional(),
  timeZone: timeZone.optional(),
  country: country.optional(),
  currency: currency.optional(),
  /** E.164 after the verb has read it in the organisation's country; "" removes it. */
  transferNumber: z.string().trim().max(40).optional(),
  /** How long before an appointment those with an address are reminded; 0 = never, which nobody says by leaving the field empty. */
  reminderHours: z
    .union([z.number(), z.string().trim().min(1)], "Give a number of hours.")
    .pipe(
      z.coerce
        .number<string | number>("Give a number of hours.")
        .int("Whole hours, please.")
        .min(0, "At least 0, which reminds nobody.")
        .max(168, "At most 168 hours, a week."),
    )
    .optional(),
  retentionDays: z.coerce
    .number("Give a number of days.")
    .int("Whole days, please.")
    .min(1, "At least one day.")
    .max(3650, "At most 3650 days.")
    .optional(),
});
export type UpdateOrganizationInput = z.input<typeof updateOrganizationInput>;

/** A person's place in one organisation, as the switcher shows it. */
export type Membership = StoredMembership;

export type Member = {
  id: string;
  userId: string;
  email: string;
  name: string;
  role: MemberRole;
  createdAt: Date;
};

export type Invitation = {
  id: string;
  email: string;
  role: MemberRole;
  expiresAt: Date;
  createdAt: Date;
};
