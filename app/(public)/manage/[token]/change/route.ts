import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { cancelBooking, getBooking, rescheduleBooking } from "@/lib/scheduling";
import { app } from "@/lib/wiring/app";
import { type LinkContext, linkContextForChange } from "@/lib/wiring/visitor-context";
import { postedForm, seeOther, tooMany } from "../../../posted-form";
import type { VisitorRefusal } from "../../../refusals";

/**
 * Moves or cancels: `what` = "move" (with `slot`) or "cancel" (with `reason`), with the fee that was said (`acceptedFeeCents`), as a plain form, which works without scripts. Every outcome
 * a person can meet leads back to a page (303) that says so; what no form of ours sends is answered as a problem.
 */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ token: string }>(
  {
    async POST(request, { params, addToLog }) {
      const form = await postedForm(request);
      const here = `/manage/${encodeURIComponent(params.token)}`;
      const found = await linkContextForChange(params.token, request).catch(tooMany);
      if (found === "too_many") return seeOther(`${here}?refused=too_many`);
      if (!found) return seeOther(here);
      addToLog({ orgId: found.ctx.orgId });
      const what = form.get("what");
      if (what !== "move" && what !== "cancel") throw notFound("This change");
      const refusal =
        (await whenBegun(found)) ?? (what === "move" ? await move(found, form) : await cancel(found, form));
      if (refusal) return seeOther(`${what === "move" ? `${here}/move` : here}?refused=${refusal}`);
      (await app()).jobs.poke();
      return seeOther(what === "move" ? `${here}?moved=1` : here);
    },
  },
  { name: "manage change" },
);

/** What has begun is between the business and its customer. */
async function whenBegun({ ctx, bookingId }: LinkContext): Promise<VisitorRefusal | undefined> {
  const { startsAt, status } = await getBooking(ctx, bookingId);
  return status === "confirmed" && startsAt <= ctx.clock.now() ? "already_over" : undefined;
}

async function move({ ctx, bookingId }: LinkContext, form: URLSearchParams): Promise<VisitorRefusal | undefined> {
  const slot = (form.get("slot") ?? "").slice(0, 80);
  const result = await rescheduleBooking(ctx, { bookingId, slot: slot || "none", ...consentOf(form) });
  return result.ok ? undefined : result.reason;
}

async function cancel({ ctx, bookingId }: LinkContext, form: URLSearchParams): Promise<VisitorRefusal | undefined> {
  const reason = (form.get("reason") ?? "").replaceAll("\0", "").slice(0, 500);
  const result = await cancelBooking(ctx, { bookingId, reason, ...consentOf(form) });
  return result.ok ? undefined : result.reason;
}

/** The fee the page has said, if it has said one. */
function consentOf(form: URLSearchParams): { acceptedFeeCents?: number } {
  const said = form.get("acceptedFeeCents") ?? "";
  return /^\d{1,9}$/.test(said) ? { acceptedFeeCents: Number(said) } : {};
}
