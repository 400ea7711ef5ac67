import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Database } from "@/db/client";
import type { Clock } from "@/lib/platform/clock";
import type { Actor } from "@/lib/platform/context";
import { app } from "./app";
import { getViewer } from "./viewer";

export type OperatorContext = { actor: Extract<Actor, { kind: "operator" }>; database: Database; clock: Clock };

/**
 * The signed-in person as one who runs the deployment: the configuration names them by their address, which they have to have proven.
 * undefined for everybody else.
 */
export const findOperator = cache(async (): Promise<OperatorContext | undefined> => {
  const viewer = await getViewer();
  const { env, database, clock } = await app();
  if (!viewer?.emailVerified || !env.operatorEmails.includes(viewer.email.toLowerCase())) return undefined;
  const label = viewer.name || viewer.email;
  return { actor: { kind: "operator", userId: viewer.userId, label }, database, clock };
});

/** The way into an operator's pages. To everybody else, signed in or not, they do not exist. */
export async function operatorContext(): Promise<OperatorContext> {
  return (await findOperator()) ?? notFound();
}
