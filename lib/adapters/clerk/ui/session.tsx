import { ClerkProvider } from "@clerk/nextjs";
import { headers } from "next/headers";
import type { ReactNode } from "react";

/** Keeps Clerk's one-minute session token fresh while a page is open. */
export async function ClerkSession({ publishableKey, children }: { publishableKey: string; children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <ClerkProvider publishableKey={publishableKey} {...(nonce ? { nonce } : {})} signInUrl="/sign-in">
      {children}
    </ClerkProvider>
  );
}
