import { formatMoney } from "@/components/ui/money-format";
import { formatTime } from "@/components/ui/time-format";

type Facts = Record<string, string | number | null>;

/** Minor units, where the facts have their currency beside them. */
const money = new Set(["amount", "paid", "should", "total", "beyondItsLines"]);
/** Of a provider's cost: millionths of a US dollar. */
const costs = new Set(["call", "ledger", "provider"]);
const times = new Set(["at", "lastAt", "paidAt"]);

/** What each side of a difference says, as a person reads it: amounts with their currency, times of UTC. */
export function factsInWords(kind: string, { currency, ...facts }: Facts): string {
  const said = (name: string, value: string): string => {
    if (times.has(name)) return `${formatTime(value, "UTC")} UTC`;
    if (name === "why") return value.replaceAll("_", " ");
    if (!/^-?\d+$/.test(value)) return value;
    if (kind === "cost_differs" && costs.has(name)) return formatMoney(BigInt(value), "USD", { places: 6, digits: 6 });
    return currency && money.has(name) ? formatMoney(BigInt(value), String(currency)) : value;
  };
  return Object.entries(facts)
    .map(([name, value]) => ` · ${inWords(name)}: ${value === null ? "not told" : said(name, String(value))}`)
    .join("");
}

const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
