import type { Actor } from "@/lib/platform/context";
import { forbidden } from "@/lib/platform/errors";

export type WhoAsks = { actor: Actor };

/** Nobody of an organisation sees what others pay: only who runs the deployment. */
export function requireOperator({ actor }: WhoAsks): void {
  if (actor.kind !== "operator") throw forbidden();
}
