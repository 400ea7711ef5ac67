import { type Currency, decimalPlaces, readCurrency } from "./currencies";

declare const whole: unique symbol;
/** Whole minor units (cents, yen, fils). Only `minor` makes one, so that no number with a fraction becomes money. */
export type Minor = bigint & { readonly [whole]: true };

export type Money = { readonly minor: Minor; readonly currency: Currency };

/** What a column of type bigint holds. */
const MOST = 2n ** 63n - 1n;

/** Throws RangeError beyond 64 bits. */
export function minor(units: bigint): Minor {
  if (units > MOST || units < -MOST) throw new RangeError("an amount of money beyond 64 bits");
  return units as Minor;
}

/** Throws RangeError for what is no currency: for codes out of our own files and columns. */
export function money(units: bigint, code: string): Money {
  const currency = readCurrency(code);
  if (!currency) throw new RangeError(`${code} is not a currency of ISO 4217`);
  return { minor: minor(units), currency };
}

/** Throws RangeError where the currencies differ: nothing here knows a rate. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} cannot be added`);
  return { minor: minor(a.minor + b.minor), currency: a.currency };
}

export const negate = ({ minor: units, currency }: Money): Money => ({ minor: minor(-units), currency });

/** `units × part ÷ whole`, rounded half away from zero; `whole` must not be 0. */
export function share(units: bigint, part: bigint, of: bigint): Minor {
  const product = units * part;
  const isNegative = product < 0n !== of < 0n;
  const [top, bottom] = [product < 0n ? -product : product, of < 0n ? -of : of];
  const rounded = (2n * top + bottom) / (2n * bottom);
  return minor(isNegative ? -rounded : rounded);
}

/** "12.50", "-0.05", "1200" for a currency without minor units: exact, for machines and for Intl. */
export const toDecimal = ({ minor: units, currency }: Money): string => writeDecimal(units, decimalPlaces(currency));

/** Whole units of a given number of decimal places: (1250, 2) is "12.50". */
export function writeDecimal(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const sign = units < 0n ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Reads "12", "12.5" or "12.50" as typed; undefined for anything else, more places than the currency has included. */
export function readMoney(text: string, currency: Currency): Money | undefined {
  const found = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!found) return undefined;
  const [, sign = "", units = "", fraction = ""] = found;
  const count = decimalPlaces(currency);
  if (fraction.length > count) return undefined;
  return { minor: minor(BigInt(`${sign}${units}${fraction.padEnd(count, "0")}`)), currency };
}

/** "$97.00", "₹7,999.00", "¥1,200" as people of the locale write it. */
export function formatMoney(amount: Money, locale = "en-US"): string {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency,
    minimumFractionDigits: decimalPlaces(amount.currency),
    maximumFractionDigits: decimalPlaces(amount.currency),
  });
  return format.format(toDecimal(amount) as Intl.StringNumericLiteral);
}
