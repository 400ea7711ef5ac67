import { Key } from "../ui/column-chart";

type Props = {
  label: string;
  used: number;
  included: number;
  forecast: { expected: number; low: number; high: number } | undefined;
  /** What the bar shows, in a sentence with its figures. */
  reading: string;
};

const figure = new Intl.NumberFormat("en-GB");
export const count = (n: number): string => figure.format(n);

/** Used, included and forecast on one scale; what lies beyond the plan is another colour, what is only expected is hatched. */
export function UsageBar({ label, used, included, forecast, reading }: Props) {
  const most = Math.max(included, used, forecast?.high ?? 0, 1) * 1.04;
  const at = (minutes: number) => `${(minutes / most) * 100}%`;
  const span = (from: number, to: number) => ({ left: at(from), width: `${((to - from) / most) * 100}%` });
  const beyond = Math.max(0, used - included);
  return (
    <figure>
      <figcaption className="sr-only">
        {label}: {reading}
      </figcaption>
      <div aria-hidden className="relative h-5 overflow-hidden rounded-md border bg-sunken">
        {forecast && forecast.high > used && (
          <>
            <span className="absolute inset-y-0 bg-accent/15" style={span(used, Math.max(used, forecast.low))} />
            <span
              className="absolute inset-y-0 border-x border-accent bg-[repeating-linear-gradient(-45deg,transparent_0_3px,var(--accent)_3px_4px)] opacity-70"
              style={span(Math.max(used, forecast.low), forecast.high)}
            />
          </>
        )}
        <span className="absolute inset-y-0 bg-accent" style={span(0, used - beyond)} />
        {beyond > 0 && <span className="absolute inset-y-0 bg-attention" style={span(included, used)} />}
        <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: at(included) }} />
      </div>
      <ul aria-hidden className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        <Key className="bg-accent">Used</Key>
        {beyond > 0 && <Key className="bg-attention">Beyond the plan</Key>}
        {forecast && (
          <Key className="border border-accent bg-[repeating-linear-gradient(-45deg,transparent_0_3px,var(--accent)_3px_4px)] opacity-70">
            Forecast, from least to most
          </Key>
        )}
        <Key className="w-0.5 rounded-none bg-ink">Included</Key>
      </ul>
    </figure>
  );
}
