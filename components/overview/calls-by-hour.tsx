import type { HourOfCalls } from "./types";

const height = 112;
const hourWidth = 24;
const gap = 6;

/** A top for the axis that is whole and not crowded: 1, 2, 5, 10, 20, 50 … */
export function axisTop(most: number): number {
  for (let unit = 1; ; unit *= 10) for (const step of [1, 2, 5]) if (most <= step * unit) return step * unit;
}

const two = (hour: number) => String(hour).padStart(2, "0");
const reading = (hour: HourOfCalls) =>
  `${two(hour.hour)}:00: ${hour.answered} answered, of them ${hour.booked} booked, ${hour.missed} missed`;

/** Calls of a day by hour, answered with the booked part darker and missed above. Drawn on the server; the table says it in numbers. */
export function CallsByHour({ data, label }: { data: readonly HourOfCalls[]; label: string }) {
  const top = axisTop(Math.max(1, ...data.map((hour) => hour.answered + hour.missed)));
  const scale = (calls: number) => (calls / top) * height;
  const width = data.length * hourWidth;
  return (
    <figure>
      <figcaption className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <span className="text-sm font-medium text-ink">{label}</span>
        <Key className="bg-accent" word="Booked" />
        <Key className="bg-accent/40" word="Answered" />
        <Key className="hatched border border-failed text-failed" word="Missed" />
      </figcaption>
      <div className="flex gap-2" aria-hidden="true">
        <div className="tabular flex w-6 flex-col justify-between pb-5 text-right text-xs leading-none text-muted">
          <span>{top}</span>
          <span>0</span>
        </div>
        <div className="min-w-0 flex-1">
          <svg
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="h-28 w-full overflow-visible"
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
            {data.map((hour, at) => (
              <Column key={hour.hour} hour={hour} x={at * hourWidth} scale={scale} />
            ))}
          </svg>
          <div className="tabular mt-1 flex text-xs text-muted">
            {data.map((hour) => (
              <span key={hour.hour} className="flex-1 text-center">
                {hour.hour % 3 === 0 ? two(hour.hour) : ""}
              </span>
            ))}
          </div>
        </div>
      </div>
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              <th scope="col">Answered</th>
              <th scope="col">Booked</th>
              <th scope="col">Missed</th>
            </tr>
          </thead>
          <tbody>
            {data.map((hour) => (
              <tr key={hour.hour}>
                <th scope="row">{two(hour.hour)}:00</th>
                <td>{hour.answered}</td>
                <td>{hour.booked}</td>
                <td>{hour.missed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Column({ hour, x, scale }: { hour: HourOfCalls; x: number; scale: (calls: number) => number }) {
  const booked = scale(hour.booked);
  const answered = scale(hour.answered);
  const missed = scale(hour.missed);
  const bar = { x: x + gap / 2, width: hourWidth - gap };
  return (
    <g>
      <title>{reading(hour)}</title>
      <rect x={x} y={0} width={hourWidth} height={height} className="fill-transparent hover:fill-hover" />
      <g className="pointer-events-none">
        <rect {...bar} y={height - answered} height={answered - booked} className="fill-accent/40" />
        <rect {...bar} y={height - booked} height={booked} className="fill-accent" />
        <rect
          {...bar}
          y={height - answered - missed}
          height={missed}
          vectorEffect="non-scaling-stroke"
          className="fill-failed/25 stroke-failed"
          strokeWidth={missed > 0 ? 1 : 0}
        />
      </g>
    </g>
  );
}

function Key({ className, word }: { className: string; word: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 rounded-sm ${className}`} />
      {word}
    </span>
  );
}
