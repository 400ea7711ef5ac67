import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { spokenDuration } from "@/components/ui/duration-format";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { getPublishedAgent, listAgentVersions } from "@/lib/agents";
import { memberContext } from "@/lib/wiring/member-context";
import { jobLabels, toolWords } from "../_components/job-words";

export const metadata: Metadata = { title: "Agent" };

type Props = { params: Promise<{ slug: string; agent: string }> };

export default async function AgentPage({ params }: Props) {
  const { slug, agent: agentId } = await params;
  const { ctx, org } = await memberContext(slug);
  const agent = await getPublishedAgent(ctx, agentId);
  if (!agent) notFound();
  const versions = await listAgentVersions(ctx, agent.id);
  const { settings } = agent.version;
  return (
    <>
      <PageHeader
        title={agent.name}
        description={`${jobLabels[agent.job]}, version ${agent.version.number} published`}
        back={{ href: `/o/${slug}/agents`, label: "Agents" }}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHeader title="What it says and how" />
            <CardBody className="flex flex-col gap-4">
              <DescriptionList
                items={[
                  { term: "First words", value: settings.greeting.replaceAll("{{business}}", org.name) },
                  { term: "Language", value: settings.language },
                  { term: "Voice", value: settings.voice },
                  { term: "Model", value: settings.model },
                  { term: "Longest call", value: spokenDuration(settings.maxCallSeconds) },
                  { term: "When it fails", value: settings.fallbackMessage },
                ]}
              />
              <div>
                <h3 className="mb-1 text-sm font-medium">Instructions</h3>
                <p className="whitespace-pre-wrap text-muted">{settings.instructions}</p>
              </div>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="What it may do" description="Nothing else: a tool it was not given is refused." />
            <ul className="divide-y border-t">
              {settings.tools.map((name) => (
                <li key={name} className="flex flex-wrap gap-x-4 gap-y-0.5 px-4 py-2.5">
                  <span className="w-40 shrink-0 font-medium">{toolWords[name]?.label ?? name}</span>
                  <span className="min-w-0 flex-1 basis-60 text-muted">{toolWords[name]?.may}</span>
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <Card>
          <CardHeader title="Versions" description="A version is never changed, only followed by another." />
          <ul className="divide-y border-t">
            {versions.map((version) => (
              <li key={version.id} className="flex items-center justify-between gap-3 px-4 py-2.5">
                <div className="min-w-0">
                  <p className="font-medium">Version {version.number}</p>
                  <p className="truncate text-xs text-muted">
                    <Time instant={version.createdAt} zone={org.timeZone} format="date" /> · {version.createdBy}
                  </p>
                </div>
                {version.id === agent.publishedVersionId && <Badge tone="accent">Published</Badge>}
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
