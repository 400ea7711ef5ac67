import { cn } from "./cn";

/** `value` of `max`; the words above it carry the meaning, the bar only the proportion. */
export function ProgressBar({
  label,
  value,
  max,
  valueText,
  hideLabel,
  className,
}: {
  label: string;
  value: number;
  max: number;
  valueText?: string;
  hideLabel?: boolean;
  className?: string;
}) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  const text = valueText ?? `${Math.round(share)} %`;
  return (
    <div className={className}>
      <div className={cn("mb-1 flex justify-between gap-4 text-xs", hideLabel && "sr-only")}>
        <span>{label}</span>
        <span className="tabular text-muted">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuetext={text}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
