import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

/** Numbers some carriers send for "withheld": the letters of ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN and BLOCKED on a keypad. */
const withheld = new Set(["266696687", "7378742833", "86282452253", "8656696", "2562533"]);

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
  const parsed = parsePhoneNumberFromString(trimmed, isSupportedCountry(home) ? (home as CountryCode) : undefined);
  return parsed?.isPossible() ? parsed.number : undefined;
}
