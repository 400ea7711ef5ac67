import { cn } from "../ui/cn";
import { type Peaks, peaksPath } from "./peaks";

const height = 40;

/** Two sides of the line, the agent above and the caller below; what has been played is in colour. */
export function Waveform({ peaks, played }: { peaks: Peaks; played: number }) {
  return (
    <div aria-hidden="true" className="flex h-full flex-col gap-1">
      <Side peaks={peaks.agent} played={played} className="text-accent" />
      <Side peaks={peaks.caller} played={played} className="text-progress" />
    </div>
  );
}

function Side({ peaks, played, className }: { peaks: readonly number[]; played: number; className: string }) {
  const path = peaksPath(peaks, height);
  return (
    <div className="relative min-h-0 flex-1">
      <Line path={path} width={peaks.length} className="text-line-strong/60" />
      <Line
        path={path}
        width={peaks.length}
        className={className}
        style={{ clipPath: `inset(0 ${(100 - played * 100).toFixed(2)}% 0 0)` }}
      />
    </div>
  );
}

function Line({
  path,
  width,
  className,
  style,
}: {
  path: string;
  width: number;
  className: string;
  style?: React.CSSProperties;
}) {
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, width)} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("absolute inset-0 size-full", className)}
      style={style}
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="0.6" />
    </svg>
  );
}
