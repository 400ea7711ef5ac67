import { variableNames } from "@/lib/platform/env";

/** What may stand in the environment of whoever runs the tests; set empty, so that no .env file brings it back. */
export const bare: Record<string, string> = Object.fromEntries(
  [...variableNames, "SENTRY_AUTH_TOKEN"].map((name) => [name, ""]),
);
