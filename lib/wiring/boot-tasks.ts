import "server-only";
import type { App } from "./app";
import { emulatedWebhooksTask } from "./billing-inbox";
import { demoTask } from "./demo";
import { demoBillingTask } from "./demo-billing";
import { emulatedConnectionsTask } from "./emulated-connection";
import { emulatedPlansTask } from "./emulated-plans";

/** Runs once per start, in order, after the jobs run and before the server says it is ready. Must be repeatable. */
export type BootTask = { name: string; when: (app: App) => boolean; run(app: App): Promise<void> };

export const bootTasks: BootTask[] = [
  demoTask,
  emulatedConnectionsTask,
  emulatedPlansTask,
  emulatedWebhooksTask,
  demoBillingTask,
];
