import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/lib/organizations";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { ReplayButton } from "./_components/replay-button";
import { replayJob } from "./actions";
import { jobInWords, subjectHref } from "./words";

export const metadata: Metadata = { title: "Failed jobs" };

export default async function JobsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const dead = await (await app()).jobs.listDeadJobs(ctx.orgId);
  const mayReplay = may(ctx.actor, "organization.manage");
  return (
    <>
      <PageHeader
        title="Failed jobs"
        description="Work in the background that was tried again and again and given up. Nothing was lost: run it again once the cause is gone."
      />
      {dead.length === 0 ? (
        <EmptyState title="Nothing has failed" icon={<CircleCheck />}>
          Copying recordings and everything else that runs in the background is up to date.
        </EmptyState>
      ) : (
        <Card>
          <Table label="Failed jobs">
            <THead>
              <Tr>
                <Th>Given up</Th>
                <Th>What</Th>
                <Th numeric>Tries</Th>
                <Th>Last error</Th>
                <Th>{mayReplay ? <span className="sr-only">Actions</span> : null}</Th>
              </Tr>
            </THead>
            <TBody>
              {dead.map((job) => {
                const href = subjectHref(slug, job.subjectId);
                return (
                  <Tr key={job.id}>
                    <Td className="align-top">
                      <Time instant={job.failedAt} zone={org.timeZone} />
                    </Td>
                    <Td className="min-w-40 align-top">
                      <span className="block font-medium">{jobInWords(job.job)}</span>
                      {href ? (
                        <Link href={href} className="text-xs underline underline-offset-2 hover:no-underline">
                          Open what it is about
                        </Link>
                      ) : (
                        <span className="text-xs break-all text-muted">{job.subjectId}</span>
                      )}
                    </Td>
                    <Td numeric className="align-top">
                      {job.attempts}
                    </Td>
                    <Td className="min-w-56 align-top break-words text-muted">{job.error}</Td>
                    <Td className="text-right align-top">
                      {mayReplay && (
                        <ReplayButton
                          action={replayJob.bind(null, slug, job.id)}
                          label={`Run again: ${jobInWords(job.job)}`}
                        />
                      )}
                    </Td>
                  </Tr>
                );
              })}
            </TBody>
          </Table>
        </Card>
      )}
      {dead.length > 0 && !mayReplay && (
        <p className="mt-3 text-xs text-muted">An admin or the owner can run them again.</p>
      )}
    </>
  );
}
