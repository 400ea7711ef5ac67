/** ISO 3166-1 countries by the ISO 4217 currency in everyday use there. */
const byCurrency: Record<string, string> = {
  USD: "US PR GU VI EC SV PA",
  EUR: "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM XK",
  GBP: "GB GG IM JE",
  CAD: "CA",
  AUD: "AU",
  NZD: "NZ",
  CHF: "CH LI",
  SEK: "SE",
  NOK: "NO",
  DKK: "DK FO GL",
  ISK: "IS",
  PLN: "PL",
  CZK: "CZ",
  HUF: "HU",
  RON: "RO",
  RSD: "RS",
  UAH: "UA",
  TRY: "TR",
  ILS: "IL",
  AED: "AE",
  SAR: "SA",
  QAR: "QA",
  KWD: "KW",
  EGP: "EG",
  MAD: "MA",
  ZAR: "ZA",
  NGN: "NG",
  KES: "KE",
  GHS: "GH",
  INR: "IN",
  PKR: "PK",
  BDT: "BD",
  LKR: "LK",
  NPR: "NP",
  SGD: "SG",
  MYR: "MY",
  THB: "TH",
  PHP: "PH",
  IDR: "ID",
  VND: "VN",
  HKD: "HK",
  TWD: "TW",
  JPY: "JP",
  KRW: "KR",
  MXN: "MX",
  BRL: "BR",
  ARS: "AR",
  CLP: "CL",
  COP: "CO",
  PEN: "PE",
  CRC: "CR",
  DOP: "DO",
};

const currencies = new Map(
  Object.entries(byCurrency).flatMap(([currency, countries]) =>
    countries.split(" ").map((country) => [country, currency] as const),
  ),
);

/** The currency a new organisation starts with; it may choose another. */
export const currencyOf = (country: string): string => currencies.get(country) ?? "USD";

/** Countries offered in forms, by their English name. */
export const countryOptions = (): { value: string; label: string }[] => {
  const names = new Intl.DisplayNames("en", { type: "region" });
  return [...currencies.keys()]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
};

export const currencyOptions = (): { value: string; label: string }[] => {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  return [...new Set(currencies.values())]
    .map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
    .sort((a, b) => a.value.localeCompare(b.value));
};

/** How many minor units make one of the currency: 100 for most, 1 for the yen, 1000 for the dinar. */
export const minorUnits = (currency: string): number =>
  10 ** (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2);

/** `kept`, a zone in use under one of its older names, stays choosable. */
export function timeZoneOptions(kept?: string | null): { value: string; label: string }[] {
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  const all = !kept || known.includes(kept) ? known : [kept, ...known];
  return all.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
