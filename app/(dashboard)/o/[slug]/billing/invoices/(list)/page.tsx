import { Download, ReceiptText } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LiveRefresh } from "@/components/live/live-refresh";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Pagination } from "@/components/ui/pagination";
import { Status } from "@/components/ui/status";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { listInvoices } from "@/lib/billing";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../../_components/billing-page";
import { invoiceState, reasonInWords } from "../../_components/invoice-words";

export const metadata: Metadata = { title: "Invoices" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ cursor?: string | string[] }> };

export default async function InvoicesPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const member = await memberContext(slug);
  const { timeZone } = member.org;
  const { cursor } = await searchParams;
  const from = typeof cursor === "string" ? cursor : undefined;
  const base = `/o/${slug}/billing/invoices`;
  return (
    <BillingPage
      member={member}
      current="/invoices"
      actions={
        <a href={`/o/${slug}/billing/export.csv?of=invoices`} download className={buttonClass({})}>
          <Download aria-hidden />
          Export CSV
        </a>
      }
    >
      {async () => {
        const { items, olderCursor } = await listInvoices(member.ctx, { cursor: from });
        return (
          <>
            <LiveRefresh url={`/o/${slug}/live`} kinds={["invoice."]} />
            {items.length === 0 ? (
              <EmptyState title="No invoices yet" icon={<ReceiptText />}>
                The first one comes with the payment for a plan, the next with each period.
              </EmptyState>
            ) : (
              <Card>
                <Table label="Invoices">
                  <THead>
                    <Tr>
                      <Th>Invoice</Th>
                      <Th className="max-sm:hidden">Date</Th>
                      <Th className="max-sm:hidden">For</Th>
                      <Th>State</Th>
                      <Th numeric>Total</Th>
                    </Tr>
                  </THead>
                  <TBody>
                    {items.map((invoice) => {
                      const { kind, word } = invoiceState[invoice.status];
                      return (
                        <Tr key={invoice.id}>
                          <Td>
                            <Link
                              href={`${base}/${invoice.id}`}
                              className="font-medium whitespace-nowrap hover:underline"
                            >
                              {invoice.number ?? "Draft"}
                            </Link>
                            <span className="block text-xs text-muted sm:hidden">
                              <Time instant={invoice.issuedAt} zone={timeZone} format="date" />
                            </span>
                          </Td>
                          <Td className="max-sm:hidden">
                            <Time instant={invoice.issuedAt} zone={timeZone} format="date" />
                          </Td>
                          <Td className="text-muted max-sm:hidden">{reasonInWords(invoice.reason)}</Td>
                          <Td>
                            <Status kind={kind}>{word}</Status>
                          </Td>
                          <Td numeric>
                            <Money minor={invoice.total} currency={invoice.currency} />
                          </Td>
                        </Tr>
                      );
                    })}
                  </TBody>
                </Table>
              </Card>
            )}
            <Pagination
              {...(from ? { newerHref: base, newerLabel: "Newest" } : {})}
              {...(olderCursor ? { olderHref: `${base}?cursor=${olderCursor}` } : {})}
            />
          </>
        );
      }}
    </BillingPage>
  );
}
