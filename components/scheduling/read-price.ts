/**
 * A price as typed, in minor units of `currency`: "35", "35.5", "35,50", "1,200.00", "1.200,00", "£35". Empty is null (no price said);
 * undefined is anything else, also "1.200" in a currency with two decimals, which one half of the world reads as 1.2.
 */
export function readPrice(text: string, currency: string): number | null | undefined {
  const typed = text.replace(/[\s\p{Sc}]/gu, "").replace(new RegExp(`^${currency}|${currency}$`, "i"), "");
  if (typed === "") return null;
  const decimals = decimalsOf(currency);
  const [, head = "", fraction = ""] = new RegExp(`^(.*)[.,](\\d{1,${Math.max(decimals, 1)}})$`).exec(typed) ?? [];
  const whole = fraction && decimals > 0 ? head : typed;
  if (!/^\d+$|^\d{1,3}(,\d{3})+$|^\d{1,3}('\d{3})+$/.test(whole) && !(fraction && /^\d{1,3}(\.\d{3})+$/.test(whole)))
    return undefined;
  const cents = whole === typed ? "" : fraction;
  const minor = Number(whole.replace(/\D/g, "")) * 10 ** decimals + Number(cents.padEnd(decimals, "0"));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** The same price as a person would type it back: no symbol, no grouping. */
export function writePrice(minor: number | null, currency: string): string {
  if (minor === null) return "";
  const decimals = decimalsOf(currency);
  const digits = String(minor).padStart(decimals + 1, "0");
  const fraction = digits.slice(digits.length - decimals);
  const whole = digits.slice(0, digits.length - decimals);
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`;
}

const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
