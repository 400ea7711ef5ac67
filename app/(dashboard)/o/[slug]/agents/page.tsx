import type { Metadata } from "next";
import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { jobDefaults, listAgents } from "@/lib/agents";
import { memberContext } from "@/lib/wiring/member-context";
import { jobLabels } from "./_components/job-words";

export const metadata: Metadata = { title: "Agents" };

export default async function AgentsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, org } = await memberContext((await params).slug);
  const agents = await listAgents(ctx);
  return (
    <>
      <PageHeader title="Agents" description="Who answers your calls, and what they may do." />
      {agents.length === 0 && (
        <EmptyState title="No agent yet">Setting up your business creates the first one.</EmptyState>
      )}
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3" data-list>
        {agents.map((agent) => (
          <li key={agent.id} data-list-item>
            <Card className="h-full">
              <CardHeader
                title={
                  <Link href={`/o/${org.slug}/agents/${agent.id}`} className="hover:underline">
                    {agent.name}
                  </Link>
                }
                description={jobLabels[agent.job]}
                actions={agent.active ? <Status kind="done">Answering</Status> : <Status kind="neutral">Paused</Status>}
              />
              <CardBody className="flex flex-col gap-3">
                <p className="text-muted">{jobDefaults[agent.job].summary}</p>
                <DescriptionList
                  items={[
                    { term: "Published", value: `Version ${agent.version.number}` },
                    {
                      term: "Since",
                      value: <Time instant={agent.version.createdAt} zone={org.timeZone} format="date" />,
                    },
                    { term: "Tools", value: String(agent.version.settings.tools.length) },
                  ]}
                />
              </CardBody>
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}
