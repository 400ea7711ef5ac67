import type { Refusal } from "@/lib/platform/result";

/** Where calendars live. `feed` is an address of a calendar file: it can be read and nothing else. */
export type CalendarVendor = "google" | "microsoft" | "caldav" | "feed";

/**
 * What a vendor may refuse. Every duration is in seconds from now and computed from durations or from the answer's own Date header, never
 * by comparing the vendor's clock with ours.
 */
export type CalendarRefusal =
  /** The permission was withdrawn, or the password no longer holds: a person must connect again. */
  | Refusal<"revoked">
  | Refusal<"rate_limited", { retryAfterSeconds: number | undefined }>
  /** The calendar is not there any more (404 or 410 for the calendar itself). */
  | Refusal<"gone">
  /** The event was changed by somebody else since its etag was read (409, 412). */
  | Refusal<"conflict">
  /** No answer, one that cannot be read, or 5xx. `what` is for a log and a screen: no secrets, no personal data. */
  | Refusal<"unavailable", { what: string }>
  /** The vendor calls the request itself wrong (other 4xx): the same again cannot help. */
  | Refusal<"rejected", { what: string }>;

type Answer<T, Extra = never> = Promise<{ ok: true; value: T } | CalendarRefusal | Extra>;

export type RemoteCalendar = {
  externalId: string;
  name: string;
  /** IANA name; undefined where the vendor gives none. */
  zone: string | undefined;
  isWritable: boolean;
  isPrimary: boolean;
};

/** Half-open, epoch milliseconds. */
export type BusyBlock = { startMs: number; endMs: number };

/**
 * One thing of a calendar as it is now: an event, an occurrence, or a file with a whole series. Its blocks replace all that were known of
 * it. Blocks are what makes somebody busy within the window: nothing for events that are cancelled, declined by the calendar's owner or
 * shown as free; tentative ones are busy. Titles are not wanted.
 */
export type CalendarItem = {
  /** Stable and unique within the calendar. */
  itemId: string;
  /** All that is known of it, also where that is not all there is. */
  blocks: BusyBlock[];
  /** undefined = all of it is known. Otherwise the calendar does not count as known until this item can be read or is gone. */
  unread: UnreadPart | undefined;
  /** The key of `CalendarEvent` where this is an event that we wrote (see `upsertEvent`), read from the mark that was left on it. */
  key: string | undefined;
};

/** What of an event cannot be read, and when it begins as far as that is known, so that a person finds it. */
export type UnreadPart = { what: "all" | "start" | "end" | "zone" | "repetition"; atMs: number | undefined };

/** What an event is taken to last whose end cannot be read; its calendar does not count as known then anyway. */
export const ASSUMED_LENGTH_MS = 3_600_000;

export type CalendarChanges = {
  /** True: `items` is all there is within the window, whatever is not among them is gone. False: what has changed since the token. */
  isFull: boolean;
  items: CalendarItem[];
  /** Ids of items that are gone; one that was never known is no error. */
  removed: string[];
  /** What to ask with next. undefined = the vendor keeps no account of changes; the next answer will be full. */
  token: string | undefined;
};

export type SyncRequest = {
  /** undefined = everything. */
  token: string | undefined;
  /** Blocks outside are not wanted; those that reach into it are wanted whole. A token belongs to the window it was given with. */
  window: { fromMs: number; toMs: number };
  /** Reads dates without a time and floating times where the calendar has no zone of its own. IANA name. */
  zone: string;
};

/** A booking as it is written into a calendar. */
export type CalendarEvent = {
  /** 64 hex digits, the same for every try of one booking: the id (Google), transactionId and mark (Microsoft), file name and UID (CalDAV). */
  key: string;
  title: string;
  description: string;
  location: string;
  startMs: number;
  endMs: number;
  /** IANA name the times are shown in. */
  zone: string;
};

/** What the vendor calls the event we wrote, and its version. */
export type WrittenEvent = { externalId: string; etag: string | undefined };

/** A standing request to be told of changes. `secret` comes back with every message. */
export type PushChannel = { channelId: string; resourceId: string | undefined; expiresInSeconds: number };
export type PushRequest = {
  /** Where messages go, absolute; https, but for an emulator. */
  address: string;
  secret: string;
  /** Id to ask for where the vendor lets the client choose (Google): 1–64 letters, digits, `-`, `_`. */
  channelId: string;
};

/** One account at a vendor. Made by an adapter from its configuration and the account's access; holds no state worth keeping. */
export interface CalendarPort {
  listCalendars(): Answer<RemoteCalendar[]>;

  /**
   * All pages of what is new since a token, or everything without one. `token_expired` (410, invalid sync token, resync required) is an
   * answer: ask again without the token.
   */
  changesSince(calendarId: string, request: SyncRequest): Answer<CalendarChanges, Refusal<"token_expired">>;

  /**
   * Makes the event be as given. Without `known` it is created, and one that is there already under the key (a repeated try, 409 or 412, a
   * deleted one that still holds its id) is overwritten. With `known` it is updated under its etag: `conflict` when that is not the current
   * one; an event that has vanished is created again. The mark for `CalendarItem.key` is left on it, nobody is invited or notified.
   */
  upsertEvent(calendarId: string, event: CalendarEvent, known: WrittenEvent | undefined): Answer<WrittenEvent>;

  /** Removes what `upsertEvent` wrote, whatever its etag; by its key where `known` is undefined. One that is not there is done. */
  deleteEvent(calendarId: string, key: string, known: WrittenEvent | undefined): Answer<void>;

  /** undefined where the vendor tells of changes by itself to nobody. */
  push?: {
    subscribe(calendarId: string, request: PushRequest): Answer<PushChannel>;
    /** Prolongs, or replaces: the new channel stands before the old one ends, so that nothing is missed between them. */
    renew(calendarId: string, current: PushChannel, request: PushRequest): Answer<PushChannel>;
    /** A channel that is not there is done. */
    unsubscribe(current: PushChannel): Answer<void>;
  };
}

/**
 * Where an adapter gets the bearer token of a request. Refreshing, keeping a rotated refresh token and doing so only once at a time are
 * the noun's business. After a 401 an adapter asks once more, naming the token that was refused.
 */
export type AccessToken = (refused?: string) => Promise<{ ok: true; value: string } | CalendarRefusal>;

export type OAuthTokens = {
  accessToken: string;
  /** undefined = keep the one there is. */
  refreshToken: string | undefined;
  expiresInSeconds: number;
};

export type OAuthAccount = OAuthTokens & {
  /** Whose account it is, as its owner would say: an e-mail address. */
  label: string;
};

/** Sign-in at a vendor: authorization code with PKCE (S256), offline access. */
export interface CalendarOAuth {
  consentUrl(request: {
    state: string;
    challenge: string;
    redirectUri: string;
    loginHint?: string | undefined;
  }): string;
  /** `revoked` = the code is wrong, used or expired, or a needed scope was not given. */
  exchange(request: { code: string; verifier: string; redirectUri: string }): Answer<OAuthAccount>;
  /** `revoked` = invalid_grant. */
  refresh(refreshToken: string): Answer<OAuthTokens>;
  /** Withdraws our permission at the vendor, where it can be; a token that is not valid any more is done. */
  revoke(refreshToken: string): Answer<void>;
}

/** An adapter's whole face: `googleCalendar(config)`, `microsoftCalendar(config)` return one. */
export interface OAuthCalendars {
  oauth: CalendarOAuth;
  account(access: AccessToken): CalendarPort;
  readPush(request: PushMessage): PushReading;
}

export type OAuthCalendarsConfig = {
  clientId: string;
  clientSecret: string;
  /** Origin under which everything (consent, token, API) lives in place of the vendor's own: the emulator. It may be private. */
  baseUrl?: string | undefined;
};

export type PushMessage = { headers: Headers; query: URLSearchParams; body: string };

export type PushReading =
  /** The vendor checks that the address is ours: answer 200 with this as text/plain. */
  { kind: "handshake"; answer: string } | { kind: "notices"; notices: PushNotice[] } | { kind: "unreadable" };

export type PushNotice = {
  channelId: string;
  /** Compared with the channel's own by whoever knows it. */
  secret: string;
  /** `missed`: changes may have been lost, `ending`: the channel must be renewed, `ended`: it is gone, `hello`: nothing has changed yet. */
  what: "changed" | "missed" | "ending" | "ended" | "hello";
};

/** What opens an account. Kept sealed; never logged, never sent anywhere but to the vendor it is for. */
export type CalendarSecret =
  /** `expiresAtMs` by our clock. */
  | { kind: "oauth"; refreshToken: string; accessToken: string; expiresAtMs: number }
  /** `url` = the CalDAV server's address. */
  | { kind: "password"; url: string; username: string; password: string }
  | { kind: "feed"; url: string };

export type AccountRef = { id: string; vendor: CalendarVendor; mode: "emulated" | "live" };

/** The vendors as they are configured; undefined = this one is not (any more). */
export type CalendarVendors = {
  open(account: AccountRef & { secret: CalendarSecret }, access: AccessToken): CalendarPort | undefined;
  oauth(account: Pick<AccountRef, "vendor" | "mode">): CalendarOAuth | undefined;
  /** Where pushes for that account go, absolute; undefined where none can arrive (no public address). */
  pushAddress(account: Pick<AccountRef, "vendor" | "mode">): string | undefined;
};

/**
 * Reads what a calendar file (RFC 5545) makes busy within a window: [start, end, UID of the event], and which events could be read in part
 * or not at all. `reason` says why the file as a whole cannot be read.
 */
export type CalendarFileReader = (
  text: string,
  window: { fromMs: number; toMs: number },
  zone: string,
) =>
  | {
      ok: true;
      value: { busy: [startMs: number, endMs: number, uid: string][]; unread: (UnreadPart & { uid: string })[] };
    }
  | { ok: false; reason: string };

/** The UID under which an event of ours stands in a calendar file, and the key back from it. */
export const uidOf = (key: string): string => `${key}@caly`;
export const keyOfUid = (uid: string): string | undefined => /^([0-9a-f]{64})@caly$/.exec(uid)?.[1];
