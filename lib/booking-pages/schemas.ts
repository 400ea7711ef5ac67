import { z } from "zod";

/** Browser-safe: what the owner's form and the visitor's form send, and what the pages show. */

/** PostgreSQL has no text with a zero byte in it. */
const plainText = (max: number, what: string) =>
  z
    .string()
    .transform((text) => text.replaceAll("\0", "").trim())
    .pipe(z.string().max(max, what));

export const pageSlug = z
  .string()
  .trim()
  .toLowerCase()
  .max(48, "At most 48 letters.")
  .regex(/^[a-z0-9](-?[a-z0-9])*$/, "Letters from a to z, digits, and single dashes between them.");

export const saveBookingPageInput = z.object({
  isOn: z.boolean(),
  isListed: z.boolean().default(false),
  /** Absent: stays; at first made from the organisation's own address. */
  slug: pageSlug.optional(),
  welcome: plainText(500, "At most 500 letters.").default(""),
  afterBooking: plainText(500, "At most 500 letters.").default(""),
  /** As typed; read in the organisation's country. "" removes it. */
  phone: plainText(40, "That is too long for a telephone number.").default(""),
  serviceIds: z.array(z.string().max(80)).max(500),
});
export type SaveBookingPageInput = z.input<typeof saveBookingPageInput>;

/** The page as its owner sets it up; `slug` null until it was saved once. */
export type BookingPage = {
  isOn: boolean;
  isListed: boolean;
  slug: string | null;
  welcome: string;
  afterBooking: string;
  phone: string | null;
  /** Active ones in the owner's order; `slug` null for one that was never on the page. */
  services: { id: string; name: string; durationMinutes: number; isOn: boolean; slug: string | null }[];
};

export type PublicService = {
  id: string;
  slug: string;
  name: string;
  description: string;
  durationMinutes: number;
  priceCents: number | null;
  horizonDays: number;
  /** Who does it, in the owner's order, and how long it takes them. */
  staff: { id: string; name: string; placeId: string | null; durationMinutes: number }[];
  /** Where it is done, in the owner's order; none of a business without places. */
  places: { id: string; name: string; address: string; timeZone: string }[];
};

/** All that a visitor gets to know of an organisation. */
export type PublicPage = {
  name: string;
  timeZone: string;
  country: string;
  currency: string;
  isListed: boolean;
  welcome: string;
  afterBooking: string;
  phone: string | null;
  services: PublicService[];
  /** Earlier addresses of services, each with the one it has now. */
  movedServices: Record<string, string>;
};

export const bookFromPageInput = z.object({
  serviceId: z.string().max(80),
  slot: z.string().max(80),
  /** Nobody in particular was asked for: another person who is free at the same time will do. */
  isAnyone: z.boolean(),
  name: plainText(120, "At most 120 letters.").pipe(z.string().min(1, "Give your name.")),
  phone: plainText(40, "That is too long for a telephone number.").pipe(
    z.string().min(1, "Give a number under which you can be reached."),
  ),
  email: plainText(254, "This address is too long.").pipe(
    z.union([z.literal(""), z.email("That is not an e-mail address.")]),
  ),
  notes: plainText(1000, "At most 1,000 letters."),
  /** Made with the form; the same form sent twice books once. */
  formKey: z.string().regex(/^[\w-]{16,64}$/, "This form is not one of ours. Load the page again."),
});
export type BookFromPageInput = z.input<typeof bookFromPageInput>;
