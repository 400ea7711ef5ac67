"use client";

import { ClerkProvider, useClerk } from "@clerk/nextjs";
import { useEffect } from "react";
import { Spinner } from "../ui/spinner";

/** Ends Clerk's session, which only the browser can, and returns to the start page. */
export function ClerkSignOut({ publishableKey, nonce }: { publishableKey: string; nonce: string | undefined }) {
  return (
    <ClerkProvider publishableKey={publishableKey} {...(nonce ? { nonce } : {})}>
      <EndSession />
    </ClerkProvider>
  );
}

function EndSession() {
  const { signOut, loaded } = useClerk();
  useEffect(() => {
    if (loaded) void signOut({ redirectUrl: "/" });
  }, [loaded, signOut]);
  return (
    <p role="status" className="flex items-center gap-2 text-muted">
      <Spinner /> Signing out
    </p>
  );
}
