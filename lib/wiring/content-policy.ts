export type PolicyOptions = {
  nonce: string;
  isHttps: boolean;
  /** Only while developing: React's messages and the reload socket need more. */
  isDevelopment: boolean;
  /** Host of Clerk's front-end API, where Clerk signs people in. */
  clerkHost: string | undefined;
  /** Where a form of ours may lead that pays for a plan. */
  payOrigins: readonly string[];
  /** Origin that takes the browser's error reports. */
  sentryOrigin: string | undefined;
};

/**
 * The content security policy of a page. Scripts run by nonce alone (Next puts the nonce on its own from this header); styles by nonce,
 * except style attributes, which positioning needs and which cannot load anything here.
 */
export function contentPolicy(options: PolicyOptions): string {
  const { nonce, clerkHost, sentryOrigin, isDevelopment } = options;
  const clerk = clerkHost ? `https://${clerkHost}` : undefined;
  const directives: Record<string, (string | undefined)[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", isDevelopment ? "'unsafe-eval'" : undefined],
    "style-src": ["'self'", isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", clerk && "https://img.clerk.com"],
    "font-src": ["'self'"],
    "media-src": ["'self'", "blob:"],
    "connect-src": ["'self'", clerk, sentryOrigin, isDevelopment ? "ws:" : undefined],
    "worker-src": ["'self'", "blob:"],
    "frame-src": [clerk ? "https://challenges.cloudflare.com" : "'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'", clerk, ...options.payOrigins],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
  };
  const text = Object.entries(directives).map(([name, sources]) => [name, ...sources.filter(Boolean)].join(" "));
  if (options.isHttps) text.push("upgrade-insecure-requests");
  return text.join("; ");
}

/** The front-end API's host out of a publishable key (`pk_live_` + base64 of "host$"); undefined for anything else. */
export function clerkHostOf(publishableKey: string | undefined): string | undefined {
  const encoded = /^pk_(?:live|test)_([\w+/=-]+)$/.exec(publishableKey ?? "")?.[1];
  if (!encoded) return undefined;
  const host = Buffer.from(encoded, "base64").toString("utf8").replace(/\$$/, "");
  return /^[a-z0-9.-]+$/i.test(host) ? host : undefined;
}

/** The origin a Sentry DSN (`https://key@host/project`) reports to. */
export function sentryOriginOf(dsn: string | undefined): string | undefined {
  if (!dsn || !URL.canParse(dsn)) return undefined;
  return new URL(dsn).origin;
}

/** Stripe's own pages, or those of the emulator that stands in for it. */
export function payOrigins({
  secretKey,
  emulatorUrl,
}: {
  secretKey?: string | undefined;
  emulatorUrl?: string | undefined;
}) {
  if (secretKey) return ["https://checkout.stripe.com", "https://billing.stripe.com", "https://invoice.stripe.com"];
  return emulatorUrl ? [new URL(emulatorUrl).origin] : [];
}
