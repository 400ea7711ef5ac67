import "server-only";
import { headers } from "next/headers";
import { connection } from "next/server";
import { cache } from "react";
import type { Viewer } from "@/lib/identity/schemas";
import { clerkOn } from "@/lib/platform/env";
import { localAuth } from "./auth";

/**
 * Who is signed in, null for nobody. The provider is chosen at run time, so that one build serves both; `connection()` keeps a page
 * from being prerendered as somebody who is signed out.
 */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  await connection();
  if (clerkOn()) return (await import("./clerk-viewer")).clerkViewer();
  return (await localAuth()).viewer(new Headers(await headers()));
});
