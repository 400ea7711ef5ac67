import { Plus, Scissors } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { may } from "@/lib/organizations";
import { listServices } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { sayMinutes } from "./say-minutes";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const services = await listServices(ctx, { includeArchived: true });
  const base = `/o/${slug}/settings/services`;
  const add = may(ctx.actor, "scheduling.configure") && (
    <ButtonLink href={`${base}/new`} variant="primary">
      <Plus aria-hidden /> Add a service
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Services"
        description="What callers can book. The agent knows each by its name and by the other words you give it."
        actions={services.length > 0 && add}
      />
      {services.length === 0 ? (
        <EmptyState title="No services yet" icon={<Scissors />} action={add}>
          A service is what a caller asks for: its length, its price and who does it. Without one nothing can be booked.
        </EmptyState>
      ) : (
        <Card>
          <Table label="Services">
            <THead>
              <Tr>
                <Th>Name</Th>
                <Th numeric>Length</Th>
                <Th numeric>Price</Th>
                <Th numeric className="max-sm:hidden">
                  Before and after
                </Th>
                <Th>State</Th>
              </Tr>
            </THead>
            <TBody data-list>
              {services.map((service) => (
                <Tr key={service.id} data-list-item>
                  <Td className="max-w-80 min-w-40">
                    <Link href={`${base}/${service.id}`} className="font-medium break-words hover:underline">
                      {service.name}
                    </Link>
                    {service.aliases.length > 0 && (
                      <p className="truncate text-xs text-muted" title={service.aliases.join(", ")}>
                        also “{service.aliases.join("”, “")}”
                      </p>
                    )}
                  </Td>
                  <Td numeric>{sayMinutes(service.durationMinutes)}</Td>
                  <Td numeric>
                    {service.priceCents === null ? (
                      <span className="text-muted">on request</span>
                    ) : (
                      <Money minor={service.priceCents} currency={org.currency} />
                    )}
                  </Td>
                  <Td numeric className="text-muted max-sm:hidden">
                    {service.bufferBeforeMinutes + service.bufferAfterMinutes === 0
                      ? "none"
                      : `${service.bufferBeforeMinutes} and ${service.bufferAfterMinutes} min`}
                  </Td>
                  <Td>
                    <Status kind={service.active ? "done" : "neutral"} plain>
                      {service.active ? "Offered" : "Archived"}
                    </Status>
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
