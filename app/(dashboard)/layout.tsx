import { connection } from "next/server";
import type { ReactNode } from "react";
import { processEnv } from "@/lib/platform/runtime";

/** Protects nothing: each page asks for its member itself. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await connection();
  const { clerk } = processEnv();
  if (!clerk) return children;
  const { ClerkSession } = await import("@/lib/wiring/clerk-ui");
  return <ClerkSession publishableKey={clerk.publishableKey}>{children}</ClerkSession>;
}
