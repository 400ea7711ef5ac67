import { axisTop } from "../overview/calls-by-hour";
import { Key } from "./usage-bar";

export type DayColumn = {
  /** "Thu 20 Nov", and what stands below the column on the axis. */
  label: string;
  tick: string;
  total: { size: number; text: string };
  /** In the order of the series. */
  parts: { size: number; text: string }[];
};

type Props = {
  caption: string;
  series: readonly string[];
  days: readonly DayColumn[];
  /** A size as it is written: "$12.00", "30 min". */
  say: (size: number) => string;
};

const height = 128;
const dayWidth = 24;
const gap = 6;
/** As many as can be told from each other; the last is for all that remain. */
const looks = ["accent", "progress", "attention", "strong", "soft"] as const;
export const MOST_SERIES = looks.length;

const fills = {
  accent: "fill-accent",
  progress: "fill-progress",
  attention: "fill-attention",
  strong: "fill-muted",
  soft: "fill-line-strong/50",
};
const keys = {
  accent: "bg-accent",
  progress: "bg-progress",
  attention: "bg-attention",
  strong: "bg-muted",
  soft: "bg-line-strong/50",
};

/** A column for each day, in parts. Drawn on the server; the table below it says the same in figures to whoever opens it. */
export function ColumnsByDay({ caption, series, days, say }: Props) {
  const top = axisTop(Math.max(1, ...days.map((day) => day.total.size)));
  const width = days.length * dayWidth;
  return (
    <figure>
      <figcaption className="sr-only">{caption}</figcaption>
      <ul aria-hidden className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {series.map((name, n) => (
          <Key key={name} className={keys[looks[n] ?? "soft"]}>
            {name}
          </Key>
        ))}
      </ul>
      <div className="flex gap-2" aria-hidden>
        <div className="tabular flex shrink-0 flex-col justify-between pb-5 text-right text-xs leading-none text-muted">
          <span>{say(top)}</span>
          <span>{say(0)}</span>
        </div>
        <div className="min-w-0 flex-1" style={{ maxWidth: `${days.length * 4}rem` }}>
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
            {days.map((day, n) => (
              <Column key={day.label} day={day} series={series} x={n * dayWidth} scale={height / top} />
            ))}
          </svg>
          <div className="tabular mt-1 flex text-xs text-muted">
            {days.map((day, n) => (
              <span key={day.label} className="min-w-0 flex-1 text-center whitespace-nowrap">
                {n % Math.ceil(days.length / 6) === 0 ? day.tick : ""}
              </span>
            ))}
          </div>
        </div>
      </div>
      <details className="group mt-3 text-xs">
        <summary className="w-fit rounded-md text-muted underline underline-offset-2 hover:text-ink">
          The same in figures
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section aria-label={`${caption}, in figures`} tabIndex={0} className="mt-2 max-h-80 overflow-auto">
          <table className="w-full border-collapse text-left">
            <thead className="text-muted">
              <tr>
                <th scope="col" className="py-1 pr-3 font-medium">
                  Day
                </th>
                {series.map((name) => (
                  <th key={name} scope="col" className="px-3 py-1 text-right font-medium">
                    {name}
                  </th>
                ))}
                <th scope="col" className="py-1 pl-3 text-right font-medium">
                  Together
                </th>
              </tr>
            </thead>
            <tbody className="divide-y">
              {days.map((day) => (
                <tr key={day.label}>
                  <th scope="row" className="py-1 pr-3 font-normal whitespace-nowrap">
                    {day.label}
                  </th>
                  {series.map((name, n) => (
                    <td key={name} className="tabular px-3 py-1 text-right whitespace-nowrap">
                      {day.parts[n]?.text}
                    </td>
                  ))}
                  <td className="tabular py-1 pl-3 text-right whitespace-nowrap">{day.total.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

type ColumnProps = { day: DayColumn; series: readonly string[]; x: number; scale: number };

function Column({ day, series, x, scale }: ColumnProps) {
  let below = 0;
  const parts = day.parts.map(({ size, text }, n) => {
    below += size * scale;
    return { name: series[n] ?? "", text, y: height - below, size: size * scale, fill: fills[looks[n] ?? "soft"] };
  });
  const said = parts.filter((part) => part.size > 0).map(({ name, text }) => `${name} ${text}`);
  return (
    <g>
      <title>{`${day.label}: ${[day.total.text, ...said].join(", ")}`}</title>
      <rect x={x} y={0} width={dayWidth} height={height} className="fill-transparent hover:fill-hover" />
      <g className="pointer-events-none">
        {parts.map(({ name, y, size, fill }) => (
          <rect key={name} x={x + gap / 2} width={dayWidth - gap} y={y} height={size} className={fill} />
        ))}
      </g>
    </g>
  );
}
