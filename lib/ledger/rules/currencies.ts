/**
 * How many decimal places a currency's minor unit has, by ISO 4217 (list one, kept by SIX as its maintenance agency). Funds codes, precious
 * metals and testing codes are left out.
 */
const byPlaces: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE
    CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
    KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
    PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU
    UZS VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
};

const places = new Map(
  Object.entries(byPlaces).flatMap(([count, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(count)]),
  ),
);

declare const known: unique symbol;
/** A code of ISO 4217 in capitals that has passed `readCurrency`. */
export type Currency = string & { readonly [known]: true };

/** undefined for what is no currency; case does not matter. */
export function readCurrency(code: string): Currency | undefined {
  const capitals = code.toUpperCase();
  return places.has(capitals) ? (capitals as Currency) : undefined;
}

/** 2 for USD, 0 for JPY, 3 for KWD. */
export const decimalPlaces = (currency: Currency): number => places.get(currency) ?? 2;
