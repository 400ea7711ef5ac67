import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import { listAgents } from "@/lib/agents";
import { getConnection } from "@/lib/connections";
import { may } from "@/lib/organizations";
import { AppError } from "@/lib/platform/errors";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { rejectedWebhooks } from "@/lib/wiring/rejected-webhooks";
import { AuthForm } from "../_components/auth-form";
import { DetailsForm } from "../_components/details-form";
import { FirstEvent } from "../_components/first-event";
import { RotateSecret } from "../_components/rotate-secret";
import {
  disableConnectionAction,
  enableConnectionAction,
  rotateSecretAction,
  saveAuthAction,
  saveDetailsAction,
} from "../actions";

export const metadata: Metadata = { title: "Connection" };

type Props = { params: Promise<{ slug: string; connection: string }> };

export default async function ConnectionPage({ params }: Props) {
  const { slug, connection: connectionId } = await params;
  const { ctx, org } = await memberContext(slug);
  if (!may(ctx.actor, "connections.manage"))
    return (
      <NotAllowed
        title="Connection"
        back={{ href: `/o/${slug}/settings`, label: "Settings" }}
        who="Admins and the owner manage the connections"
      />
    );
  const running = await app();
  const connection = await getConnection(ctx, { connectionId, appUrl: running.env.appUrl }).catch(orNotFound);
  const [agents, rejected] = await Promise.all([listAgents(ctx), rejectedWebhooks(running, connectionId)]);
  const zone = org.timeZone;
  const previous = connection.previousSecretExpiresAt;
  return (
    <>
      <PageHeader
        title={connection.name}
        description={connection.mode === "emulated" ? "A line of the emulator on this machine" : "Your Vapi account"}
        back={{ href: `/o/${slug}/settings/connections`, label: "Connections" }}
        actions={
          connection.disabledAt ? (
            <ConfirmButton
              label="Switch on"
              title={`Switch ${connection.name} on?`}
              confirmLabel="Switch on"
              cancelLabel="Leave it off"
              destructive={false}
              action={enableConnectionAction.bind(null, slug, connection.id)}
            />
          ) : (
            <ConfirmButton
              label="Switch off"
              title={`Switch ${connection.name} off?`}
              consequence="Its webhooks are refused from then on, so its calls go unanswered. What came before stays."
              confirmLabel="Switch off"
              action={disableConnectionAction.bind(null, slug, connection.id)}
            />
          )
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader title="Webhook address" description="Paste it in Vapi as the server URL of your phone number." />
          <CardBody className="flex flex-col gap-4">
            <CodeBlock code={connection.webhookUrl} label="webhook address" wrap />
            <FirstEvent
              slug={slug}
              zone={zone}
              firstEventAt={connection.firstEventAt}
              lastEventAt={connection.lastEventAt}
              isOff={connection.disabledAt !== null}
            />
            <DescriptionList
              items={[
                {
                  term: "Refused today",
                  value: rejected === 0 ? "None" : `${rejected}, for a wrong secret or an unreadable body`,
                },
                ...connection.phoneNumbers.map((number) => ({
                  term: number.label || "Number",
                  value: <Phone e164={number.number} />,
                })),
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Secret"
            description={
              connection.secretHint
                ? `The one in use ends in ${connection.secretHint}.`
                : "The one in use cannot be read with this server's key, so that no call is let in. Replace it, and give the provider the new one."
            }
          />
          <CardBody className="flex flex-col gap-3">
            {previous && previous > ctx.clock.now() && (
              <p className="text-sm text-muted">
                The secret before it works until <Time instant={previous} zone={zone} format="short" />.
              </p>
            )}
            <RotateSecret action={rotateSecretAction.bind(null, slug, connection.id)} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Authentication" />
          <CardBody>
            <AuthForm action={saveAuthAction.bind(null, slug, connection.id)} auth={connection.webhookAuth} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Details" />
          <CardBody>
            <DetailsForm
              action={saveDetailsAction.bind(null, slug, connection.id)}
              connection={connection}
              agents={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
