import { Repeat } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LiveRefresh } from "@/components/live/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/lib/organizations";
import { listSeries, sayRule } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";

export const metadata: Metadata = { title: "Series" };

export default async function SeriesListPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const all = await listSeries(ctx);
  const base = `/o/${slug}/bookings`;
  return (
    <>
      <PageHeader
        title="Series"
        description={`Bookings that repeat, by their next date. Times in ${org.timeZone}.`}
        back={{ href: base, label: "Bookings" }}
      />
      <LiveRefresh url={`/o/${slug}/live`} kinds={["series.", "booking."]} />
      {all.length === 0 ? (
        <EmptyState
          title="Nothing repeats yet"
          icon={<Repeat />}
          action={
            may(ctx.actor, "bookings.write") && (
              <ButtonLink href={`${base}/new`} variant="primary">
                New booking
              </ButtonLink>
            )
          }
        >
          A booking can repeat by days, weeks or months: choose it under “Repeat” when you enter one. Callers can ask
          the agent for it, too.
        </EmptyState>
      ) : (
        <Card>
          <Table label="Series">
            <THead>
              <Tr>
                <Th>Who</Th>
                <Th className="max-sm:hidden">What</Th>
                <Th className="max-sm:hidden">How often</Th>
                <Th numeric>To come</Th>
                <Th>Next</Th>
              </Tr>
            </THead>
            <TBody data-list>
              {all.map((series) => (
                <Tr key={series.id} data-list-item>
                  <Td className="max-w-56 min-w-24">
                    <Link href={`${base}/series/${series.id}`} className="font-medium break-words hover:underline">
                      {series.attendeeName || "No name"}
                    </Link>
                    <span className="block text-xs text-muted sm:hidden">{sayRule(series.rule)}</span>
                  </Td>
                  <Td className="max-w-48 truncate max-sm:hidden">
                    {series.serviceName}, {series.staffName}
                  </Td>
                  <Td className="max-sm:hidden">{sayRule(series.rule)}</Td>
                  <Td numeric>
                    {series.toCome} of {series.total}
                  </Td>
                  <Td>
                    {series.nextStartsAt ? (
                      <Time instant={series.nextStartsAt} zone={org.timeZone} />
                    ) : (
                      <span className="text-muted">over</span>
                    )}
                  </Td>
                </Tr>
              ))}
            </TBody>
          </Table>
        </Card>
      )}
    </>
  );
}
