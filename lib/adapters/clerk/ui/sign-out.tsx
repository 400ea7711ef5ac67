"use client";

import { ClerkProvider, useClerk } from "@clerk/nextjs";
import { useEffect } from "react";

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
    <p role="status" className="text-muted">
      Signing out
    </p>
  );
}
