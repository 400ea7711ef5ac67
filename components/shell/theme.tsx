"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";

/**
 * Light or dark, chosen before anything is drawn. Where the browser draws a page anew from its root, next-themes makes its script again, which
 * has run by then and never runs twice; in development React reports that as an error, unless what the script holds counts as data.
 */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const isAnew = typeof window !== "undefined";
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      {...(nonce ? { nonce } : {})}
      {...(isAnew ? { scriptProps: { type: "application/json" } } : {})}
    >
      {children}
    </ThemeProvider>
  );
}
