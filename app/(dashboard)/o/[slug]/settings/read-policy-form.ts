import { readPrice, writePrice } from "@/components/scheduling/read-price";
import { type FieldError, invalid } from "@/lib/platform/errors";
import type { CancellationWindow } from "@/lib/scheduling/schemas";
import type { WindowValues } from "./_components/window-inputs";

/** The windows of a form that were filled in; what cannot be read is named by its field. */
export function readPolicyForm(
  form: FormData,
  currency: string,
): { windows: CancellationWindow[]; coversMoves: boolean } {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const errors: FieldError[] = [];
  const windows: CancellationWindow[] = [];
  for (const n of [0, 1, 2]) {
    if (text(`within-${n}`) === "") continue;
    const within = Number(text(`within-${n}`)) * Number(text(`unit-${n}`) || 60);
    if (!Number.isInteger(within) || within < 1 || within > 525_600)
      errors.push({ path: `within-${n}`, message: "Give a whole number, at most a year." });
    const fee = readFee(text(`what-${n}`), text(`amount-${n}`), currency);
    if (fee === undefined) errors.push({ path: `amount-${n}`, message: "Give the fee as a number." });
    windows.push({ withinMinutes: within, fee: fee ?? null, isRefused: text(`what-${n}`) === "refused" });
  }
  if (errors.length > 0) throw invalid(errors);
  return { windows, coversMoves: form.get("coversMoves") === "on" };
}

function readFee(what: string, amount: string, currency: string): CancellationWindow["fee"] | undefined {
  if (what === "refused") return null;
  if (what === "fixed") {
    const cents = readPrice(amount, currency);
    return cents ? { kind: "fixed", cents } : undefined;
  }
  const percent = Number(amount.replace(/\s*%$/, "") || Number.NaN);
  return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? { kind: "percent", percent } : undefined;
}

/** A policy as its form holds it, the widest window first. */
export function toWindowValues(windows: readonly CancellationWindow[], currency: string): WindowValues[] {
  return windows.map(({ withinMinutes, fee, isRefused }) => {
    const unit = withinMinutes % 60 !== 0 ? 1 : withinMinutes % 1440 === 0 && withinMinutes > 1440 ? 1440 : 60;
    return {
      within: String(withinMinutes / unit),
      unit: String(unit),
      what: isRefused ? "refused" : (fee?.kind ?? "percent"),
      amount: fee ? (fee.kind === "percent" ? String(fee.percent) : writePrice(fee.cents, currency)) : "",
    };
  });
}
