import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LazyProvider } from "./lazy";

/** Keeps Clerk's one-minute session token fresh while a page is open. */
export async function ClerkSession({ publishableKey, children }: { publishableKey: string; children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <LazyProvider publishableKey={publishableKey} nonce={nonce}>
      {children}
    </LazyProvider>
  );
}
