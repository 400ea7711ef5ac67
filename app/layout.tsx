import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Theme } from "@/components/shell/theme";
import { ToastHost } from "@/components/ui/toast-host";
import { SENTRY_META } from "@/lib/platform/browser-sentry";
import { processEnv } from "@/lib/platform/runtime";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Caly", template: "%s · Caly" },
  description: "Caly answers your business's phone, books the appointment and shows you every call.",
  applicationName: "Caly",
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8fbf9" },
    { media: "(prefers-color-scheme: dark)", color: "#0d110f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const reportTo = processEnv().browserSentryDsn;
  return (
    <html lang="en" className={GeistSans.variable} suppressHydrationWarning>
      {reportTo ? (
        <head>
          <meta name={SENTRY_META} content={reportTo} />
        </head>
      ) : null}
      <body className="min-h-dvh font-sans">
        <Theme nonce={nonce}>
          {children}
          <ToastHost />
        </Theme>
      </body>
    </html>
  );
}
