import { typeidUnboxed } from "typeid-js";

/** Prefix of each kind's id. An id is prefix + "_" + UUIDv7 in base32 (https://github.com/jetify-com/typeid, specification 0.3). */
export const idPrefixes = {
  organization: "org",
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "ver",
  member: "mbr",
  invitation: "inv",
  audit: "aud",
  event: "evt",
  inbox: "ibx",
  service: "svc",
  staff: "stf",
  location: "loc",
  resource: "res",
  resourceClosure: "rcl",
  weeklyHours: "whr",
  dateOverride: "ovr",
  booking: "bkg",
  bookingPage: "bpg",
  bookingPageAddress: "bpa",
  manageLink: "mlk",
  offerLink: "olk",
  cancellationPolicy: "cpl",
  series: "srs",
  waitlistEntry: "wle",
  waitlistOffer: "wlo",
  contact: "ctc",
  agent: "agt",
  agentVersion: "agv",
  connection: "con",
  phoneNumber: "num",
  call: "call",
  turn: "trn",
  toolCall: "tcl",
  recording: "rec",
  followUp: "flw",
  callView: "cvw",
  calendarAccount: "cac",
  calendar: "cal",
  calendarFeed: "cfd",
  ledgerEntry: "len",
  usageRecord: "use",
  invoice: "ivc",
  billingItem: "bit",
  email: "eml",
  request: "req",
} as const;

export type IdKind = keyof typeof idPrefixes;

export const newId = (kind: IdKind): string => typeidUnboxed(idPrefixes[kind]);

/** True for text that could be an id of that kind; says nothing about its existence. */
export const isId = (kind: IdKind, text: string): boolean =>
  text.startsWith(`${idPrefixes[kind]}_`) &&
  /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text.slice(idPrefixes[kind].length + 1));
