import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import type { RecordsPort } from "../ports";
import { reachEngine } from "../subscription/reach-engine";
import { getInvoice } from "./get-invoice";

/**
 * The address of an invoice's PDF, or of its page at the engine, where it can be paid. It lets in whoever has it, so that it is asked for each
 * time, for the owner alone, and never kept. "no_document": it is still being written.
 */
export async function openDocument(
  ctx: Context,
  port: Pick<RecordsPort, "findInvoicePages">,
  { invoiceId, as }: { invoiceId: string; as: "pdf" | "page" },
): Promise<Result<{ url: string }, "no_document" | "unavailable">> {
  authorise(ctx, "billing.manage");
  const { ref } = await getInvoice(ctx, invoiceId);
  const pages = await reachEngine(ctx, () => port.findInvoicePages(ref));
  if (!pages.ok) return pages;
  const url = as === "pdf" ? pages.value?.pdfUrl : pages.value?.pageUrl;
  return url ? ok({ url }) : refuse("no_document");
}
