import { z } from "zod";

export type CalendarVendorName = "google" | "microsoft" | "caldav" | "feed";
export type CalendarMode = "emulated" | "live";

/** CalDAV servers most people mean, with the address to start from. */
export const caldavPresets = [
  {
    name: "Apple iCloud",
    url: "https://caldav.icloud.com/",
    hint: "Use an app-specific password from your Apple account.",
  },
  { name: "Fastmail", url: "https://caldav.fastmail.com/", hint: "Use an app password with access to calendars." },
  { name: "Nextcloud", url: "https://cloud.example.com/remote.php/dav/", hint: "Put your own server's name in." },
] as const;

const address = z
  .string()
  .trim()
  .max(2000, "That is too long for an address.")
  .regex(/^https?:\/\/\S+$/i, "Begin with https://");

export const connectCaldavInput = z.object({
  staffId: z.string().min(1, "Choose a person."),
  url: address,
  username: z.string().trim().min(1, "Fill in the user name.").max(320, "That is too long."),
  password: z.string().min(1, "Fill in the password.").max(1000, "That is too long."),
});
export type ConnectCaldavInput = z.input<typeof connectCaldavInput>;

export const connectFeedInput = z.object({
  staffId: z.string().min(1, "Choose a person."),
  /** webcal: is what calendar programs copy; it means https. */
  url: z.preprocess(
    (value) => (typeof value === "string" ? value.trim().replace(/^webcal:/i, "https:") : value),
    address,
  ),
  name: z.string().trim().max(80, "At most 80 letters.").default(""),
});
export type ConnectFeedInput = z.input<typeof connectFeedInput>;

export const chooseCalendarsInput = z.object({
  accountId: z.string(),
  blocks: z.array(z.string()).max(200),
  /** null = bookings are written into none of this account's calendars. */
  receives: z.string().nullable(),
});
export type ChooseCalendarsInput = z.input<typeof chooseCalendarsInput>;

export type Freshness = "current" | "waiting" | "partial" | "stale" | "revoked";

export type CalendarView = {
  id: string;
  name: string;
  writable: boolean;
  blocks: boolean;
  receives: boolean;
  /** Only of calendars that block. */
  freshness: Freshness;
  syncedAt: Date | null;
  nextSyncAt: Date | null;
  failure: string | null;
  hasPush: boolean;
  /** Bookings that have yet to be written into it. */
  waitingWrites: number;
  writeFailure: string | null;
};

export type CalendarAccountView = {
  id: string;
  staffId: string;
  staff: string;
  vendor: CalendarVendorName;
  mode: CalendarMode;
  label: string;
  isRevoked: boolean;
  calendars: CalendarView[];
};

/** What an owner must know: a calendar that cannot be relied on, bookings that do not reach one, or a booking on taken time. */
export type CalendarAlert =
  | {
      kind: "unreliable";
      id: string;
      calendar: string;
      staff: string;
      since: Date;
      reason: string;
      isRevoked: boolean;
      /** It is read, but for something in it that cannot be. */
      isPartial: boolean;
    }
  | { kind: "not_written"; id: string; calendar: string; staff: string; since: Date; bookings: number; reason: string }
  | { kind: "double_booked"; id: string; calendar: string; staff: string; startsAt: Date };

export const writeFeedInput = z.object({
  /** null = the whole business. */
  staffId: z.string().nullable(),
  showsDetails: z.boolean().default(false),
});
export type WriteFeedInput = z.input<typeof writeFeedInput>;

export type CalendarFeedView = { staffId: string | null; showsDetails: boolean; madeAt: Date };
