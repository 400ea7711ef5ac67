import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatTime } from "@/components/ui/time-format";
import { getInvoice } from "@/lib/billing";
import { may } from "@/lib/organizations";
import { isId } from "@/lib/platform/ids";
import { memberContext } from "@/lib/wiring/member-context";
import { orNotFound } from "../../../_components/or-not-found";
import { BillingPage } from "../../_components/billing-page";
import { InvoiceLines } from "../../_components/invoice-lines";
import { invoiceState, reasonInWords } from "../../_components/invoice-words";

export const metadata: Metadata = { title: "Invoice" };

export default async function InvoicePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const member = await memberContext(slug);
  if (!isId("invoice", id)) notFound();
  const { ctx, org } = member;
  const invoice = may(ctx.actor, "billing.read") ? await orNotFound(getInvoice(ctx, id)) : undefined;
  const base = `/o/${slug}/billing`;
  const isOwner = may(ctx.actor, "billing.manage");
  const isWritten = invoice !== undefined && invoice.status !== "draft";
  return (
    <BillingPage
      member={member}
      current="/invoices"
      title={`Invoice ${invoice?.number ?? ""}`.trim()}
      back={{ href: `${base}/invoices`, label: "Invoices" }}
      actions={
        isOwner && isWritten ? (
          <>
            {/* Plain links: they lead to the engine that collects, by an address made at that moment. */}
            <a href={`${base}/invoices/${id}/document?as=pdf`} className={buttonClass({})} rel="noreferrer">
              PDF
            </a>
            <a
              href={`${base}/invoices/${id}/document?as=page`}
              className={buttonClass({ variant: invoice.status === "open" ? "primary" : "secondary" })}
              rel="noreferrer"
            >
              {invoice.status === "open" ? "Pay it" : "Open its page"}
            </a>
          </>
        ) : undefined
      }
    >
      {async () =>
        invoice && (
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="flex min-w-0 flex-col gap-4">
              {invoice.status === "open" && invoice.nextAttemptAt && (
                <Banner kind="attention" className="rounded-lg">
                  It is tried again on {formatTime(invoice.nextAttemptAt, org.timeZone)}.
                </Banner>
              )}
              {invoice.status === "open" && invoice.reason === "subscription_update" && (
                <Banner kind="attention" className="rounded-lg">
                  The plan changes once this is paid; your bank may ask you to confirm it on the invoice’s page. Another
                  change of plan, or a day, makes it void.
                </Banner>
              )}
              <InvoiceLines invoice={invoice} base={base} zone={org.timeZone} />
              <p className="text-xs text-muted">
                How calls are counted and rounded, and what is never billed, stands{" "}
                <Link href="/help/billing" className="underline underline-offset-2 hover:no-underline">
                  on a page of its own
                </Link>
                .
              </p>
            </div>
            <Card className="max-lg:-order-1">
              <CardBody>
                <DescriptionList
                  items={[
                    {
                      term: "State",
                      value: (
                        <Status kind={invoiceState[invoice.status].kind}>{invoiceState[invoice.status].word}</Status>
                      ),
                    },
                    { term: "Kind", value: reasonInWords(invoice.reason) },
                    { term: "Issued", value: <Time instant={invoice.issuedAt} zone={org.timeZone} format="date" /> },
                    ...(invoice.paidAt
                      ? [{ term: "Paid", value: <Time instant={invoice.paidAt} zone={org.timeZone} format="date" /> }]
                      : []),
                    ...(invoice.periodStartsAt < invoice.periodEndsAt
                      ? [
                          {
                            term: "Period",
                            value: `${formatTime(invoice.periodStartsAt, org.timeZone, "date")} to ${formatTime(invoice.periodEndsAt, org.timeZone, "date")}`,
                          },
                        ]
                      : []),
                  ]}
                />
              </CardBody>
            </Card>
          </div>
        )
      }
    </BillingPage>
  );
}
