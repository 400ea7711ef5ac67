import type { Database } from "@/db/client";
import type { DrillOrg } from "./year";
import { HOUR, type MadeYear } from "./year-plan";
import type { Heard } from "./year-recount";
import type { Planted } from "./year-seeds";
import type { YearStripe } from "./year-stripe";

export type Checked = {
  invoices: number;
  minutes: number;
  credits: number;
  lateCharges: number;
  planted: number;
  found: number;
  /** Of what was wrong, the first few. */
  examples: string[];
  /** Each must be 0. */
  faults: {
    callsNotCountedOnce: number;
    callsCountedWrong: number;
    callsBilledWrong: number;
    invoicesWrong: number;
    spansWrong: number;
    ledgersWrong: number;
    unbalanced: number;
    plantedNotFound: number;
    falselyFound: number;
  };
};

export type Checking = {
  database: Database;
  engine: YearStripe;
  orgs: readonly DrillOrg[];
  year: MadeYear;
  planted: Planted;
  now: number;
  examples: string[];
};

/** What an invoice has too much of is credited once we have heard of it. */
export const SETTLED_MS = 24 * HOUR;

/** Facts of a fault, as far as they fit. */
export function tell(examples: string[], ...facts: unknown[]): void {
  const words = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  if (examples.length < 20) examples.push(JSON.stringify(facts, words).slice(0, 500));
}

export type HeardCalls = { callId: string; minutes: number; heard: Heard; isStuck: boolean }[];
