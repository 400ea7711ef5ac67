import type { Context } from "@/lib/platform/context";

/** What erasing a contact needs of the nouns that stand above this one. */
export type ErasurePorts = {
  /** Removes what was said and recorded in the contact's calls; joins the transaction in `ctx`. */
  eraseCalls: (ctx: Context, contactId: string) => Promise<unknown>;
};
