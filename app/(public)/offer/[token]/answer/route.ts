import { createManageLink } from "@/lib/manage-links";
import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { acceptOffer, declineOffer } from "@/lib/waitlist";
import { app } from "@/lib/wiring/app";
import { offerContextForChange } from "@/lib/wiring/visitor-context";
import { postedForm, seeOther, tooMany } from "../../../posted-form";

/**
 * Takes or declines an offered time: `what` = "accept" or "decline", as a plain form, which works without scripts. Taken, it leads to the
 * appointment by one manage link, however often it is sent; whatever else comes of it, the page of the offer says so (303).
 */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ token: string }>(
  {
    async POST(request, { params, addToLog }) {
      const form = await postedForm(request);
      const here = `/offer/${encodeURIComponent(params.token)}`;
      const found = await offerContextForChange(params.token, request).catch(tooMany);
      if (found === "too_many") return seeOther(`${here}?refused=too_many`);
      if (!found) return seeOther(here);
      const { ctx, offerId } = found;
      addToLog({ orgId: ctx.orgId });
      const what = form.get("what");
      if (what === "decline") await declineOffer(ctx, { offerId });
      else if (what !== "accept") throw notFound("This answer");
      const taken = what === "accept" ? await acceptOffer(ctx, { offerId }) : undefined;
      (await app()).jobs.poke();
      if (!taken?.ok) return seeOther(here);
      const { token } = await createManageLink(ctx, { bookingId: taken.value.id, cause: `offer:${offerId}` });
      return seeOther(`/manage/${token}?booked=1`);
    },
  },
  { name: "offer answer" },
);
