import { cn } from "./cn";
import { formatDuration, spokenDuration } from "./duration-format";

/** A length in seconds as 4:07 or 1:02:09. */
export function Duration({ seconds, className }: { seconds: number | null | undefined; className?: string }) {
  if (seconds === null || seconds === undefined) return <Absent className={className} />;
  const whole = Math.round(seconds);
  return (
    <time dateTime={`PT${whole}S`} title={spokenDuration(whole)} className={cn("tabular whitespace-nowrap", className)}>
      {formatDuration(whole)}
    </time>
  );
}

/** The dash of a value that is not there, read out as such. */
export function Absent({ label = "none", className }: { label?: string; className?: string }) {
  return (
    <span className={cn("text-muted", className)}>
      <span aria-hidden>–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
