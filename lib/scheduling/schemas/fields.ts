import { z } from "zod";

export const name = z.string().trim().min(1, "Give it a name.").max(80, "At most 80 letters.");
export const minutes = (min: number, max: number, what: string) =>
  z.coerce
    .number({ error: `${what} must be a number of minutes.` })
    .int()
    .min(min, `${what}: at least ${min} minutes.`)
    .max(max, `${what}: at most ${max} minutes.`);

export const isoDate = z.iso.date("Choose a date.");

/** Starts a day or a week; null = no limit. */
export const limit = z.coerce
  .number()
  .int()
  .min(1, "At least one.")
  .max(1000, "At most 1,000.")
  .nullable()
  .default(null);
export const ownLength = minutes(5, 1440, "Length").nullable().default(null);
export const share = z.coerce.number().int().min(0).max(100, "At most 100.").default(1);

/** PostgreSQL has no text with a zero byte in it. */
const plainText = z.string().transform((text) => text.replaceAll("\0", "").trim());
export const attendeeName = plainText.pipe(z.string().max(120, "At most 120 letters."));
export const attendeeNotes = plainText.pipe(z.string().max(2000, "At most 2,000 letters."));
const attendeeEmail = plainText.pipe(z.email("That is not an e-mail address.").max(254, "This address is too long."));
/** "" removes it. */
export const changedEmail = z.union([z.literal(""), attendeeEmail]);
export const attendee = {
  name: attendeeName.default(""),
  phone: plainText.pipe(z.string().max(40, "That is too long for a telephone number.")).optional(),
  email: attendeeEmail.optional(),
  notes: attendeeNotes.default(""),
};

/** What is said to a cancellation policy: the fee that was named is accepted, or (members only) waived for a reason the audit keeps. */
export const consent = {
  acceptedFeeCents: z.number().int().min(0).optional(),
  waive: z.boolean().default(false),
  waiveReason: z.string().trim().max(200, "At most 200 letters.").default(""),
};
