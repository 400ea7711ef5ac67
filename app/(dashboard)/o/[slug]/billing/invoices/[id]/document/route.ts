import { openDocument } from "@/lib/billing";
import { AppError, notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { billingFor } from "@/lib/wiring/billing";
import { memberRoute } from "@/lib/wiring/member-context";

type Params = { slug: string; id: string };

/** Leads the owner to the invoice's PDF, or its page, by an address made for this once. */
const document = memberRoute<Params>(
  async (request, { ctx }, { params }) => {
    const billing = billingFor((await app()).env.stripe);
    if (!billing) throw notFound("This invoice");
    const as = new URL(request.url).searchParams.get("as") === "pdf" ? "pdf" : "page";
    const opened = await openDocument(ctx, billing.port, { invoiceId: params.id, as });
    if (opened.ok)
      return new Response(null, {
        status: 303,
        headers: { location: opened.value.url, "cache-control": "private, no-store", "referrer-policy": "no-referrer" },
      });
    if (opened.reason === "no_document") throw notFound("The document of this invoice");
    throw new AppError("unavailable", "The payment provider does not answer just now. Try again in a moment.", {
      retryAfterSeconds: 15,
    });
  },
  { permission: "billing.manage" },
);

export const { GET, POST, PUT, PATCH, DELETE } = routes<Params>({ GET: document }, { name: "invoice document" });
