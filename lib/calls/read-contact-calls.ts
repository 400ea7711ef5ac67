import type { Context } from "@/lib/platform/context";
import { type CallDetails, getCall } from "./get-call";
import { listCalls } from "./list-calls";

/** Every call of a contact with all that was said in it, newest first: what the contact may ask to be given. */
export async function* readContactCalls(ctx: Context, contactId: string): AsyncGenerator<CallDetails, void> {
  let cursor: string | undefined;
  do {
    const page = await listCalls(ctx, { contactId, limit: 100, ...(cursor ? { cursor } : {}) });
    for (const { id } of page.items) yield await getCall(ctx, id);
    cursor = page.olderCursor ?? undefined;
  } while (cursor);
}
