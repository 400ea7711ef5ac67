import { z } from "zod";

export { safeNext } from "./rules/safe-next";

/** A signed-in person; `userId` is ours (usr_…), whoever proved the identity. An address that nobody has proven is a name, no right. */
export type Viewer = { userId: string; email: string; emailVerified: boolean; name: string };

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .pipe(z.email("This does not look like an e-mail address."));

/** Six digits; spaces and dashes of a pasted code do not matter. */
export const signInCode = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "The code has six digits."));
