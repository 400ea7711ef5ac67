import { z } from "zod";

/** A telephone number as stored: plus sign, country code, at most fifteen digits (ITU-T E.164). */
export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "Enter a telephone number with its country code.");

const oneLine = z.string().transform((text) => withoutNul(text).replace(/\s+/g, " ").trim());
/** PostgreSQL has no text with a zero byte in it. */
const withoutNul = (text: string) => text.replaceAll("\0", "");
const orNull = (text: string) => text || null;

export const contactName = oneLine.pipe(z.string().max(120, "A name has at most 120 letters."));
const contactEmail = oneLine
  .pipe(z.union([z.literal(""), z.email("Enter an e-mail address.").max(254)]))
  .transform(orNull);
const contactLanguage = oneLine
  .pipe(z.string().regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/i, "Enter a language code, for example en or es-MX."))
  .transform(orNull);
const contactNotes = z.string().trim().max(4000, "Notes have at most 4,000 letters.").transform(withoutNul);

/** `phone` is text as typed; it is read in the organisation's country. An empty field clears it. */
export const createContactInput = z.object({
  name: contactName.default(""),
  phone: z.string().trim().max(40, "That is too long for a telephone number.").optional(),
  email: contactEmail.optional(),
  language: contactLanguage.optional(),
  notes: contactNotes.default(""),
});
export type CreateContactInput = z.input<typeof createContactInput>;

export const updateContactInput = z.object({
  contactId: z.string(),
  name: contactName.optional(),
  phone: z.string().trim().max(40, "That is too long for a telephone number.").optional(),
  email: contactEmail.optional(),
  language: contactLanguage.optional(),
  notes: contactNotes.optional(),
  /** Who usually serves them; null = nobody in particular. */
  preferredStaffId: z.string().max(80).nullable().optional(),
});
export type UpdateContactInput = z.input<typeof updateContactInput>;

export const upsertContactInput = z.object({
  phone: e164,
  name: oneLine.transform((text) => text.slice(0, 120)).optional(),
});

/** A caller as the organisation knows them. `phone` is E.164; `name` may be empty; `lastSeenAt` is the last call, booking or entry by hand. */
export type Contact = {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  language: string | null;
  notes: string;
  /** Who usually serves them: has precedence where free and nobody else was asked for. */
  preferredStaffId: string | null;
  lastSeenAt: Date | null;
  createdAt: Date;
};

export const contactsQuery = z.object({
  cursor: z.string().max(200).optional(),
  direction: z.enum(["older", "newer"]).default("older"),
  /** Part of a name, or the last digits of a telephone number. */
  q: z.string().trim().max(100).transform(withoutNul).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ContactsQuery = z.input<typeof contactsQuery>;
