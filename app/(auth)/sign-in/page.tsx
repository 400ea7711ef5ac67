import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { safeNext } from "@/lib/identity/schemas";
import { processEnv } from "@/lib/platform/runtime";
import { hasMailbox } from "@/lib/wiring/mailbox-access";
import { getViewer } from "@/lib/wiring/viewer";
import { SignInForm } from "./_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const viewer = await getViewer();
  const next = safeNext((await searchParams).next);
  if (viewer) redirect(next);
  const env = processEnv();
  if (env.clerk) {
    // Its scripts are no business of a deployment without Clerk.
    const { ClerkSignIn } = await import("@/lib/wiring/clerk-ui");
    return <ClerkSignIn publishableKey={env.clerk.publishableKey} next={next} />;
  }
  return (
    <div className="w-full max-w-sm">
      <SignInForm next={next} hasMailbox={hasMailbox({ env })} />
    </div>
  );
}
