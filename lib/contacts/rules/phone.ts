import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

/** Numbers some carriers send for "withheld": the letters of ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN and BLOCKED on a keypad. */
const withheld = new Set(["266696687", "7378742833", "86282452253", "8656696", "2562533"]);

/** A caller's number is read again with every message of the call. */
const read = new Map<string, string>();
const MAX_READ = 500;

/**
 * The number as E.164, or undefined when the text names no telephone: a withheld caller, a SIP address, a browser client, a short code.
 * `country` (ISO 3166-1, two letters) is where a number without a country code is dialled from.
 */
export function normalisePhone(text: string | null | undefined, country: string): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > 40 || /[a-z@]/i.test(trimmed.replace(/(?:ext|x)\.?\s*\d{1,7}$/i, "")))
    return undefined;
  if (withheld.has(trimmed.replace(/\D/g, ""))) return undefined;
  const home = country.toUpperCase();
  const question = `${home} ${trimmed}`;
  const known = read.get(question);
  if (known) return known;
  const parsed = parsePhoneNumberFromString(trimmed, isSupportedCountry(home) ? (home as CountryCode) : undefined);
  const number = parsed?.isPossible() ? parsed.number : undefined;
  if (read.size >= MAX_READ) read.clear();
  if (number) read.set(question, number);
  return number;
}
