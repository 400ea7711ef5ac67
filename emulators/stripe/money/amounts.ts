import type Stripe from "stripe";
import { invalid } from "../errors";

/** numerator / denominator to the nearest whole number, halves away from zero; the denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** "12.5" is 125/10. */
export function readDecimal(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw invalid(`Invalid decimal: ${text}; must contain at maximum twelve decimal places.`);
  const [, sign, whole = "", part = ""] = match;
  const digits = BigInt(whole + part);
  return { numerator: sign === "-" ? -digits : digits, denominator: 10n ** BigInt(part.length) };
}

/** quantity × a price per unit in minor units, rounded once. */
export function priced(quantity: bigint, perUnit: string): bigint {
  const { numerator, denominator } = readDecimal(perUnit);
  return divideRounded(quantity * numerator, denominator);
}

/** What `part` of `whole` seconds costs of `amount`. */
export const prorated = (amount: bigint, part: number, whole: number): bigint =>
  divideRounded(amount * BigInt(part), BigInt(whole));

export function wire(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw invalid("Amount is too large.", "amount", "amount_too_large");
  return value;
}

/** Decimals travel as text; the SDK makes an object of them. */
export const decimal = (text: string): Stripe.Decimal => text as unknown as Stripe.Decimal;
export const decimalText = (value: Stripe.Decimal | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/** A whole number as text when the decimal is whole, e.g. "25.0" is 25. */
export function wholeOf(text: string): number | null {
  const { numerator, denominator } = readDecimal(text);
  return numerator % denominator === 0n ? wire(numerator / denominator) : null;
}

const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));
const threeDecimal = new Set("bhd jod kwd omr tnd".split(" "));
const known = new Set(
  "aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw".split(
    " ",
  ),
);

/** Cards' networks settle these in hundredths. */
export const isThreeDecimal = (currency: string): boolean => threeDecimal.has(currency);
const decimalsOf = (currency: string): number => (zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2);

export function readCurrency(text: string, param = "currency"): string {
  const currency = text.toLowerCase();
  if (known.has(currency) || zeroDecimal.has(currency) || threeDecimal.has(currency)) return currency;
  throw invalid(`Invalid currency: ${text}. Stripe currently supports these currencies: usd, eur, inr, …`, param);
}

/** Below this a card is not charged: an invoice's amount is carried in the customer's balance instead. */
const leastCharges: Record<string, number> = { gbp: 30, jpy: 50, mxn: 1000, hkd: 400, dkk: 250, nok: 300, sek: 300 };
export const leastCharge = (currency: string): number =>
  leastCharges[currency] ?? [50, 50, 50, 100][decimalsOf(currency)] ?? 50;

const symbols: Record<string, string> = { usd: "$", eur: "€", gbp: "£", inr: "₹", jpy: "¥" };

/** For pages and descriptions: "$97.00", "KWD 1.250". */
export function showMoney(amount: number, currency: string): string {
  return `${amount < 0 ? "-" : ""}${symbols[currency] ?? `${currency.toUpperCase()} `}${showMinor(String(Math.abs(amount)), currency)}`;
}

/** A price per unit that may be a fraction of a minor unit: "0.5" US cents is "0.005". */
export function showUnit(perUnit: string, currency: string): string {
  return `${symbols[currency] ?? `${currency.toUpperCase()} `}${showMinor(perUnit, currency)}`;
}

const inThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");

function showMinor(text: string, currency: string): string {
  const decimals = decimalsOf(currency);
  const [whole = "0", part = ""] = text.split(".");
  if (decimals === 0) return part ? `${inThousands(whole)}.${part}` : inThousands(whole);
  const digits = whole.padStart(decimals + 1, "0");
  return `${inThousands(digits.slice(0, -decimals))}.${digits.slice(-decimals)}${part}`;
}
