import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: false,
  devIndicators: false,
  serverExternalPackages: ["@electric-sql/pglite", "@neondatabase/serverless", "pg", "pg-boss", "pino"],
  outputFileTracingIncludes: { "/*": ["./db/migrations/**/*"] },
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
  env: { NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: "1" },
};

export default async function nextConfig(): Promise<NextConfig> {
  if (!process.env.SENTRY_AUTH_TOKEN) return config;
  const { withSentryConfig } = await import("@sentry/nextjs/config");
  return withSentryConfig(config, { silent: true, telemetry: false }) as NextConfig;
}
