import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { listAuditEntries } from "@/lib/events";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { actionInWords, actorInWords, changesInWords } from "./words";

export const metadata: Metadata = { title: "Audit" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ cursor?: string }> };

export default async function AuditPage({ params, searchParams }: Props) {
  const { ctx, org } = await memberContext((await params).slug);
  if (!may(ctx.actor, "audit.read"))
    return (
      <>
        <PageHeader title="Audit" />
        <ErrorState title="Owners and admins can see the audit">Ask one of them to change your role.</ErrorState>
      </>
    );
  const { cursor } = await searchParams;
  const { items, nextCursor } = await listAuditEntries(ctx, { cursor });
  const base = `/o/${org.slug}/settings/audit`;
  return (
    <>
      <PageHeader title="Audit" description="Every change, who made it and when. Nothing here can be altered." />
      {items.length === 0 ? (
        <EmptyState title="Nothing has been changed yet">Every change will be written down here.</EmptyState>
      ) : (
        <Card>
          <Table label="Audit">
            <THead>
              <Tr>
                <Th>When</Th>
                <Th>Who</Th>
                <Th>What</Th>
                <Th>Details</Th>
              </Tr>
            </THead>
            <TBody>
              {items.map((entry) => (
                <Tr key={entry.id}>
                  <Td className="text-muted">
                    <Time instant={entry.createdAt} zone={org.timeZone} format="full" />
                  </Td>
                  <Td className="max-w-48 truncate">{actorInWords(entry.actorKind, entry.actorLabel)}</Td>
                  <Td className="whitespace-nowrap">{actionInWords(entry.action)}</Td>
                  <Td className="min-w-48 text-muted">{changesInWords(entry.changes, org.timeZone)}</Td>
                </Tr>
              ))}
            </TBody>
          </Table>
        </Card>
      )}
      <Pagination
        newerHref={cursor ? base : undefined}
        newerLabel="Newest"
        olderHref={nextCursor ? `${base}?cursor=${nextCursor}` : undefined}
      />
    </>
  );
}
