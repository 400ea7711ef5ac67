export { createJobs } from "./create-jobs";
export type { DeadJob, JobRef, Jobs, OutboxEvent, PeriodicTask, Subscription, Workers } from "./types";
