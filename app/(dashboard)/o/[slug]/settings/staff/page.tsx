import { Plus, Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { may } from "@/lib/organizations";
import { listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";

export const metadata: Metadata = { title: "Staff" };

export default async function StaffPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx } = await memberContext(slug);
  const [people, services] = await Promise.all([listStaff(ctx, { includeArchived: true }), listServices(ctx)]);
  const base = `/o/${slug}/settings`;
  const names = new Map(services.map((service) => [service.id, service.name]));
  const add = may(ctx.actor, "scheduling.configure") && (
    <ButtonLink href={`${base}/staff/new`} variant="primary">
      <Plus aria-hidden /> Add a person
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Staff"
        description="People, or rooms and chairs, that can be booked. Nobody is ever booked twice for the same time."
        actions={people.length > 0 && add}
      />
      {people.length === 0 ? (
        <EmptyState title="Nobody can be booked yet" icon={<Users />} action={add}>
          Add the people callers book with. Someone who works alone is one person.
        </EmptyState>
      ) : (
        <Card>
          <Table label="Staff">
            <THead>
              <Tr>
                <Th>Name</Th>
                <Th className="max-sm:hidden">Does</Th>
                <Th>Hours</Th>
                <Th>State</Th>
              </Tr>
            </THead>
            <TBody data-list>
              {people.map((person) => {
                const does = person.serviceIds.flatMap((id) => names.get(id) ?? []);
                return (
                  <Tr key={person.id} data-list-item>
                    <Td className="max-w-72 min-w-44">
                      <span className="flex items-center gap-2.5">
                        <Avatar name={person.name} />
                        <span className="min-w-0">
                          <Link href={`${base}/staff/${person.id}`} className="font-medium break-words hover:underline">
                            {person.name}
                          </Link>
                          {person.email && <span className="block truncate text-xs text-muted">{person.email}</span>}
                        </span>
                      </span>
                    </Td>
                    <Td className="max-w-80 min-w-40 max-sm:hidden">
                      {does.length === 0 ? (
                        <Status kind="attention" plain>
                          No service
                        </Status>
                      ) : does.length === services.length ? (
                        "Every service"
                      ) : (
                        <span className="line-clamp-2" title={does.join(", ")}>
                          {does.join(", ")}
                        </span>
                      )}
                    </Td>
                    <Td className="whitespace-nowrap">
                      <Link
                        href={`${base}/hours?staff=${person.id}`}
                        className="underline underline-offset-2 hover:no-underline"
                      >
                        {person.weekly ? "Own hours" : "Opening hours"}
                      </Link>
                    </Td>
                    <Td>
                      <Status kind={person.active ? "done" : "neutral"} plain>
                        {person.active ? "Bookable" : "Archived"}
                      </Status>
                    </Td>
                  </Tr>
                );
              })}
            </TBody>
          </Table>
        </Card>
      )}
    </>
  );
}
