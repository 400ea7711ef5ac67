import type { Context } from "@/lib/platform/context";
import { forbidden } from "@/lib/platform/errors";
import { may, type Permission } from "./rules/permissions";

/** Throws `forbidden` unless the context's actor may do this. The first line of every verb. */
export function authorise(ctx: Context, permission: Permission): void {
  if (!may(ctx.actor, permission)) throw forbidden();
}
