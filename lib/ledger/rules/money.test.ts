import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalPlaces, readCurrency } from "./currencies";
import { add, formatMoney, money, negate, readMoney, share, toDecimal } from "./money";
import { splitSpan } from "./split-span";

const codes = ["USD", "INR", "JPY", "KWD", "EUR", "KRW", "TND"];
const amounts = fc
  .record({ units: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), code: fc.constantFrom(...codes) })
  .map(({ units, code }) => money(units, code));

describe("money", () => {
  it("has the decimal places of its currency", () => {
    expect(toDecimal(money(9700n, "USD"))).toBe("97.00");
    expect(toDecimal(money(-5n, "USD"))).toBe("-0.05");
    expect(toDecimal(money(1200n, "JPY"))).toBe("1200");
    expect(toDecimal(money(1n, "KWD"))).toBe("0.001");
    expect(formatMoney(money(799900n, "INR"), "en-IN")).toBe("₹7,999.00");
    expect(formatMoney(money(1200n, "JPY"))).toBe("¥1,200");
    expect(formatMoney(money(123456789012345678n, "USD"))).toBe("$1,234,567,890,123,456.78");
  });

  it("is read as it is written, and nothing else is read", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(readMoney(toDecimal(amount), amount.currency)).toEqual(amount);
      }),
    );
    const usd = money(0n, "USD").currency;
    for (const text of ["", "1,50", "1.505", "1e3", "$5", "NaN", " ", "--1", "99999999999999999999", "1."])
      expect(readMoney(text, usd)).toBeUndefined();
    expect(readMoney(" 12.5 ", usd)?.minor).toBe(1250n);
  });

  it("is added exactly, in one currency only", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(add(amount, negate(amount)).minor).toBe(0n);
      }),
    );
    expect(() => add(money(1n, "USD"), money(1n, "INR"))).toThrow(RangeError);
    expect(() => money(2n ** 63n, "USD")).toThrow(RangeError);
    expect(() => money(1n, "US")).toThrow(RangeError);
  });

  it("a share is half a unit off at most, and the shares of a whole are the whole", () => {
    const whole = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), whole, whole, (units, part, of) => {
        const off = share(units, part, of) * of - units * part;
        expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(of);
        expect(share(units, part, of)).toBe(-share(-units, part, of));
        expect(share(units, of, of)).toBe(units);
      }),
    );
    expect([share(1n, 1n, 2n), share(-1n, 1n, 2n), share(9700n, 10n, 31n)]).toEqual([1n, -1n, 3129n]);
  });

  it("knows the currencies that Intl knows, with as many places where both follow ISO 4217", () => {
    // Intl follows the Unicode CLDR, which gives these the places they are used with.
    const differs = new Set([
      "AFN",
      "ALL",
      "IDR",
      "IRR",
      "KPW",
      "LAK",
      "LBP",
      "MGA",
      "MMK",
      "PKR",
      "RSD",
      "SLE",
      "SOS",
      "SYP",
      "YER",
      "IQD",
      "UZS",
      "MUR",
      "TZS",
      "COP",
      "CRC",
      "CZK",
      "DKK",
      "GYD",
      "HUF",
      "MNT",
      "NOK",
      "SEK",
      "TMT",
      "TWD",
      "UYU",
      "AMD",
      "BAM",
      "GEL",
      "KZT",
      "RUB",
      "UAH",
    ]);
    const known = Intl.supportedValuesOf("currency").flatMap((code) => readCurrency(code) ?? []);
    expect(known.length).toBeGreaterThan(140);
    for (const code of known) {
      const { maximumFractionDigits } = new Intl.NumberFormat("en", {
        style: "currency",
        currency: code,
      }).resolvedOptions();
      if (!differs.has(code)) expect(decimalPlaces(code), code).toBe(maximumFractionDigits);
    }
  });
});

describe("a span of time", () => {
  const instant = fc.integer({ min: 0, max: 100 * 3_600_000 }).map((ms) => new Date(ms));
  it("is its whole days and hours and its edges, without gap or overlap", () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const { days, hours, edges } = splitSpan({ from: a, to: b });
        const parts = [...days, ...hours, ...edges].sort((x, y) => +x.from - +y.from);
        const length = parts.reduce((sum, part) => sum + (+part.to - +part.from), 0);
        expect(length).toBe(Math.max(0, +b - +a));
        for (const [n, part] of parts.entries()) if (n > 0) expect(+part.from).toBe(+(parts[n - 1]?.to ?? 0));
        for (const { from, to } of hours) expect([+from % 3_600_000, +to % 3_600_000]).toEqual([0, 0]);
        for (const { from, to } of days) expect([+from % 86_400_000, +to % 86_400_000]).toEqual([0, 0]);
        for (const edge of edges) expect(+edge.to - +edge.from).toBeLessThan(7_200_000);
      }),
    );
  });
});
