import type { OAuthCalendarsConfig } from "@/lib/calendars/ports";

export type Endpoints = {
  consent: string;
  token: string;
  revoke: string;
  api: string;
  /** Origins that may be private: the emulator's. */
  allowOrigins: string[];
};

export function endpointsOf({ baseUrl }: Pick<OAuthCalendarsConfig, "baseUrl">): Endpoints {
  if (!baseUrl)
    return {
      consent: "https://accounts.google.com/o/oauth2/v2/auth",
      token: "https://oauth2.googleapis.com/token",
      revoke: "https://oauth2.googleapis.com/revoke",
      api: "https://www.googleapis.com/calendar/v3",
      allowOrigins: [],
    };
  const { origin } = new URL(baseUrl);
  return {
    consent: `${origin}/o/oauth2/v2/auth`,
    token: `${origin}/token`,
    revoke: `${origin}/revoke`,
    api: `${origin}/calendar/v3`,
    allowOrigins: [origin],
  };
}
