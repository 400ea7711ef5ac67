import { postEntries } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { openItem } from "../items/keep-item";
import { postedOtherwise } from "../rules/entry-differences";
import type { Entry } from "./entries";

/**
 * Writes what a record of the engine's has moved; what stands there already changes nothing. Where the same cause moved something else, the
 * ledger keeps what it has and a difference is opened for somebody to see, as the nightly comparison finds it, which closes it once it is gone.
 * `of` is the invoice and the instant by which the comparison looks the record up. Inside the context's transaction.
 */
export async function postFacts(
  ctx: Context,
  of: { ref: string; at: Date },
  entries: readonly Entry[],
): Promise<"changed" | "unchanged"> {
  let applied: "changed" | "unchanged" = "unchanged";
  for (const entry of entries) {
    const posted = await postEntries(ctx, entry);
    if (!posted.ok) {
      const { at, facts, ...found } = postedOtherwise(of, entry);
      await openItem(ctx, { ...found, facts: { ...facts, at: at.toISOString() } });
    } else if (posted.value === "posted") applied = "changed";
  }
  return applied;
}
