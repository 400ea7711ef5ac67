import type { NextConfig } from "next";

/** For every answer; what depends on the configuration (transport security, the policy of pages with its nonce) is set by the middleware. */
const securityHeaders = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "x-frame-options", value: "DENY" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "permissions-policy", value: "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
];

const config: NextConfig = {
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    {
      source: "/:kind(manage|offer)/:path*",
      headers: [
        { key: "referrer-policy", value: "no-referrer" },
        { key: "x-robots-tag", value: "noindex, nofollow" },
      ],
    },
    {
      source: "/api/:path*",
      headers: [{ key: "content-security-policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
  // A development server writes every address it is asked for, and these carry rights.
  logging: { incomingRequests: { ignore: [/^\/(manage|offer|invite)\//] } },
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: false,
  devIndicators: false,
  // `npm run verify` and `npm test` check the types, those of the tests included; a start does not check them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@electric-sql/pglite", "@neondatabase/serverless", "pg", "pg-boss", "pino"],
  outputFileTracingIncludes: { "/*": ["./db/migrations/**/*"] },
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    // 340 MB and a third of the time, for a next build that hardly ever comes: whoever changes the code runs `npm run dev`.
    turbopackFileSystemCacheForBuild: false,
  },
  env: { NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: "1" },
};

export default async function nextConfig(): Promise<NextConfig> {
  if (!process.env.SENTRY_AUTH_TOKEN) return config;
  const { withSentryConfig } = await import("@sentry/nextjs/config");
  return withSentryConfig(config, { silent: true, telemetry: false }) as NextConfig;
}
