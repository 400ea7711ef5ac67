import { exportInvoices, exportLedger, exportUsage } from "@/lib/billing";
import { routes } from "@/lib/platform/http";
import { textStream } from "@/lib/platform/http/text-stream";
import { memberRoute } from "@/lib/wiring/member-context";

const exports = {
  usage: exportUsage,
  invoices: exportInvoices,
  ledger: exportLedger,
} as const;

/** How every call was counted (`of=usage`), every line of every invoice, or every entry of the ledger, as a file sent while it is read. */
const csv = memberRoute<{ slug: string }>(
  async (request, { ctx, org }) => {
    const asked = new URL(request.url).searchParams.get("of");
    const what = asked === "invoices" || asked === "ledger" ? asked : "usage";
    const today = ctx.clock.now().toISOString().slice(0, 10);
    return new Response(textStream(exports[what](ctx, org)), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${org.slug}-${what}-${today}.csv"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
  { permission: "billing.read" },
);

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string }>({ GET: csv }, { name: "billing export" });
