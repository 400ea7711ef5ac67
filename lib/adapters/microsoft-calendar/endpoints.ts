import type { OAuthCalendarsConfig } from "@/lib/calendars/ports";

export type Endpoints = {
  consent: string;
  token: string;
  api: string;
  /** Origins that may be private: the emulator's. */
  allowOrigins: string[];
};

/** `common`: accounts of any organisation, and personal ones. */
export function endpointsOf({ baseUrl }: Pick<OAuthCalendarsConfig, "baseUrl">): Endpoints {
  const origin = baseUrl && new URL(baseUrl).origin;
  const identity = `${origin || "https://login.microsoftonline.com"}/common/oauth2/v2.0`;
  return {
    consent: `${identity}/authorize`,
    token: `${identity}/token`,
    api: `${origin || "https://graph.microsoft.com"}/v1.0`,
    allowOrigins: origin ? [origin] : [],
  };
}
