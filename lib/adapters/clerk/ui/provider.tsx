"use client";

import { ClerkProvider } from "@clerk/nextjs";
import type { ReactNode } from "react";

export type ProviderProps = { publishableKey: string; nonce: string | undefined };

export function Provider({ publishableKey, nonce, children }: ProviderProps & { children: ReactNode }) {
  return (
    <ClerkProvider publishableKey={publishableKey} {...(nonce ? { nonce } : {})} signInUrl="/sign-in">
      {children}
    </ClerkProvider>
  );
}
