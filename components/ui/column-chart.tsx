import type { ReactNode } from "react";
import { cn } from "./cn";

/** Something that adds up, drawn from below; `className` fills it. */
export type ColumnPart = { size: number; className: string };

export type ChartColumn = {
  /** What the column says when it is pointed at. */
  reading: string;
  /** Below it on the axis; empty where there is no room for a word. */
  tick: string;
  parts: readonly ColumnPart[];
};

type Props = {
  caption: string;
  showsCaption?: boolean;
  keys: readonly { name: string; className: string }[];
  columns: readonly ChartColumn[];
  /** A size as the axis writes it. */
  say: (size: number) => string;
  /** The same in figures. */
  children: ReactNode;
};

const height = 128;
const columnWidth = 24;
const gap = 6;
/** So wide a column gets where there are few of them. */
const MOST_REM = 4;

const steps = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/** A top for the axis that is whole and round, and leaves little of the chart empty: 1, 2, 3 … 8, 10, 12, 15, 20 … */
export function axisTop(most: number): number {
  for (let unit = 1; ; unit *= 10) for (const step of steps) if (most <= step * unit) return step * unit;
}

/** Columns in parts on one scale. Drawn on the server and hidden from who cannot see it: `children` says the same to everybody. */
export function ColumnChart({ caption, showsCaption = false, keys, columns, say, children }: Props) {
  const top = axisTop(Math.max(1, ...columns.map(({ parts }) => parts.reduce((sum, { size }) => sum + size, 0))));
  const width = columns.length * columnWidth;
  return (
    <figure>
      <figcaption className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <span className={showsCaption ? "text-sm font-medium text-ink" : "sr-only"}>{caption}</span>
        <ul aria-hidden className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
          {keys.map(({ name, className }) => (
            <Key key={name} className={className}>
              {name}
            </Key>
          ))}
        </ul>
      </figcaption>
      <div className="flex gap-2" aria-hidden>
        <div className="tabular flex h-32 shrink-0 flex-col justify-between text-right text-xs leading-none text-muted">
          <span className="-translate-y-1/2">{say(top)}</span>
          <span className="translate-y-1/2">{say(0)}</span>
        </div>
        <div className="min-w-0 flex-1" style={{ maxWidth: `${columns.length * MOST_REM}rem` }}>
          <svg
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="h-32 w-full overflow-visible"
          >
            {[0, 0.5, 1].map((at) => (
              <line
                key={at}
                x1={0}
                x2={width}
                y1={height * at}
                y2={height * at}
                vectorEffect="non-scaling-stroke"
                className="stroke-line"
              />
            ))}
            {columns.map((column, n) => (
              <Column key={column.reading} column={column} x={n * columnWidth} scale={height / top} />
            ))}
          </svg>
          <div className="tabular mt-1.5 flex text-xs text-muted">
            {columns.map(({ reading, tick }) => (
              <span key={reading} className="flex min-w-0 flex-1 justify-center whitespace-nowrap">
                {tick}
              </span>
            ))}
          </div>
        </div>
      </div>
      {children}
    </figure>
  );
}

function Column({ column: { reading, parts }, x, scale }: { column: ChartColumn; x: number; scale: number }) {
  let below = 0;
  const drawn = parts.map(({ size, className }) => {
    below += size * scale;
    return { y: height - below, height: size * scale, className };
  });
  return (
    <g>
      <title>{reading}</title>
      <rect x={x} y={0} width={columnWidth} height={height} className="fill-transparent hover:fill-hover" />
      <g className="pointer-events-none">
        {drawn
          .filter((part) => part.height > 0)
          .map((part) => (
            <rect
              key={part.className}
              {...part}
              x={x + gap / 2}
              width={columnWidth - gap}
              vectorEffect="non-scaling-stroke"
            />
          ))}
      </g>
    </g>
  );
}

export const Key = ({ className, children }: { className: string; children: ReactNode }) => (
  <li className="flex items-center gap-1.5">
    <span aria-hidden className={cn("size-2.5 shrink-0 rounded-sm", className)} />
    <span className="min-w-0 break-words">{children}</span>
  </li>
);
