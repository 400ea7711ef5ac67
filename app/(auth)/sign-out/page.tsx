import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { SubmitButton } from "@/components/ui/submit-button";
import { processEnv } from "@/lib/platform/runtime";
import { getViewer } from "@/lib/wiring/viewer";
import { signOutAction } from "./actions";

export const metadata: Metadata = { title: "Sign out" };

/** A GET signs nobody out: an image on another page could ask for it. Clerk's session is ended by its script. */
export default async function SignOutPage() {
  await connection();
  if (!(await getViewer())) redirect("/");
  const { clerk } = processEnv();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  if (clerk) {
    const { ClerkSignOut } = await import("@/lib/wiring/clerk-ui");
    return <ClerkSignOut publishableKey={clerk.publishableKey} nonce={nonce} />;
  }
  return (
    <form action={signOutAction} className="flex w-full max-w-sm flex-col gap-4">
      <h1 className="text-title font-semibold tracking-tight">Sign out of Caly?</h1>
      <SubmitButton>Sign out</SubmitButton>
    </form>
  );
}
