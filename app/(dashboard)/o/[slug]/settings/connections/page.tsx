import type { Metadata } from "next";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listAgents } from "@/lib/agents";
import { listConnections } from "@/lib/connections";
import { may } from "@/lib/organizations";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { ConnectionList } from "./_components/connection-list";
import { CreateConnectionForm } from "./_components/create-connection-form";
import { createConnectionAction } from "./actions";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, org } = await memberContext((await params).slug);
  const header = <PageHeader title="Connections" description="Where your calls come from." />;
  if (!may(ctx.actor, "connections.manage"))
    return (
      <>
        {header}
        <EmptyState title="Owners and admins manage the connections">
          Ask one of them if a number has to be connected or a secret changed.
        </EmptyState>
      </>
    );
  const { env } = await app();
  const [connections, agents] = await Promise.all([listConnections(ctx, { appUrl: env.appUrl }), listAgents(ctx)]);
  return (
    <>
      {header}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardHeader title={connections.length === 1 ? "1 connection" : `${connections.length} connections`} />
          {connections.length > 0 ? (
            <ConnectionList slug={org.slug} zone={org.timeZone} connections={connections} />
          ) : (
            <CardBody>
              <EmptyState title="Nothing is connected yet">
                Connect your Vapi account, and its calls appear here as they happen.
              </EmptyState>
            </CardBody>
          )}
        </Card>
        <Card>
          <CardHeader title="Connect Vapi" description="You get an address to paste there, and a secret." />
          <CardBody>
            <CreateConnectionForm
              slug={org.slug}
              action={createConnectionAction.bind(null, org.slug)}
              agents={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
