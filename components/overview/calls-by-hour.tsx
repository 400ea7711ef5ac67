import { ColumnChart } from "../ui/column-chart";
import type { HourOfCalls } from "./types";

const keys = [
  { name: "Booked", className: "bg-accent" },
  { name: "Answered", className: "bg-accent/40" },
  { name: "Missed", className: "hatched border border-failed text-failed" },
];

const two = (hour: number) => String(hour).padStart(2, "0");

const columnOf = ({ hour, answered, booked, missed }: HourOfCalls) => ({
  reading: `${two(hour)}:00: ${answered} answered, of them ${booked} booked, ${missed} missed`,
  tick: hour % 3 === 0 ? two(hour) : "",
  parts: [
    { size: booked, className: "fill-accent" },
    { size: answered - booked, className: "fill-accent/40" },
    { size: missed, className: "fill-failed/25 stroke-failed" },
  ],
});

/** Calls of a day by hour, answered with the booked part darker and missed above; the table says it in numbers. */
export function CallsByHour({ data, label }: { data: readonly HourOfCalls[]; label: string }) {
  return (
    <ColumnChart caption={label} showsCaption keys={keys} columns={data.map(columnOf)} say={String}>
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
    </ColumnChart>
  );
}
