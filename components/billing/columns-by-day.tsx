import { ColumnChart } from "../ui/column-chart";

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

const rest = { key: "bg-line-strong/50", fill: "fill-line-strong/50" };
/** As many as can be told from each other; the last is for all that remain. */
const looks = [
  { key: "bg-accent", fill: "fill-accent" },
  { key: "bg-progress", fill: "fill-progress" },
  { key: "bg-attention", fill: "fill-attention" },
  { key: "bg-muted", fill: "fill-muted" },
  rest,
];
export const MOST_SERIES = looks.length;
const lookOf = (n: number) => looks[n] ?? rest;

/** So many days have their date below them. */
const MOST_TICKS = 6;

/** A column for each day, in parts; the table below it says the same in figures to whoever opens it. */
export function ColumnsByDay({ caption, series, days, say }: Props) {
  const columnOf = ({ label, tick, total, parts }: DayColumn, n: number) => {
    const said = parts.flatMap(({ size, text }, at) => (size > 0 ? [`${series[at]} ${text}`] : []));
    return {
      reading: `${label}: ${[total.text, ...said].join(", ")}`,
      tick: n % Math.ceil(days.length / MOST_TICKS) === 0 ? tick : "",
      parts: parts.map(({ size }, at) => ({ size, className: lookOf(at).fill })),
    };
  };
  return (
    <ColumnChart
      caption={caption}
      keys={series.map((name, n) => ({ name, className: lookOf(n).key }))}
      columns={days.map(columnOf)}
      say={say}
    >
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
                  <th
                    key={name}
                    scope="col"
                    title={name}
                    className="max-w-28 truncate px-3 py-1 text-right font-medium"
                  >
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
    </ColumnChart>
  );
}
