"use client";

import { useClerk } from "@clerk/nextjs";
import { useEffect } from "react";
import { Provider, type ProviderProps } from "./provider";

export function EndSession(provider: ProviderProps) {
  return (
    <Provider {...provider}>
      <Ending />
    </Provider>
  );
}

function Ending() {
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
