import type { JobWithMetadata, PgBoss } from "pg-boss";
import { z } from "zod";
import { DEAD } from "./boss";
import type { DeadJob, JobRef } from "./types";

const failure = z.object({ message: z.string() }).catch({ message: "The job failed without saying why." });

export async function listDeadJobs(boss: PgBoss, orgId: string): Promise<DeadJob[]> {
  const jobs = await boss.findJobs<JobRef>(DEAD, { data: { orgId } });
  return jobs
    .filter((job) => job.state === "created")
    .map((job) => ({
      id: job.id,
      job: job.sourceName ?? DEAD,
      orgId: job.data.orgId,
      subjectId: job.data.subjectId,
      eventId: job.data.eventId,
      error: failure.parse((job as JobWithMetadata).sourceOutput).message,
      attempts: (job.sourceRetryCount ?? 0) + 1,
      failedAt: job.createdOn,
    }))
    .sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime());
}

/** The organisation is part of the filter: an id of another organisation moves nothing. */
export const replayDeadJob = async (boss: PgBoss, orgId: string, id: string): Promise<boolean> =>
  (await boss.redrive(DEAD, { ids: [id], data: { orgId }, limit: 1 })) > 0;
