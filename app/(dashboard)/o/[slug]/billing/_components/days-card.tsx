import { ColumnsByDay } from "@/components/billing/columns-by-day";
import { count } from "@/components/billing/usage-bar";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-format";
import { formatPhone } from "@/components/ui/phone";
import { SegmentedLinks } from "@/components/ui/segmented";
import { formatTime } from "@/components/ui/time-format";
import type { Usage } from "@/lib/billing";
import { type By, dayColumns } from "../day-columns";

type Props = { usage: Usage; base: string; by: By; place: { timeZone: string; country: string } };

/** What each day cost, by agent or by number; a trial's days in minutes, because they cost nothing. */
export function DaysCard({ usage, base, by, place: { timeZone, country } }: Props) {
  const { terms, days, subscription } = usage;
  const money = (amount: bigint) => formatMoney(amount, subscription.currency);
  // A date is a date: read at noon it is the same one in every formatter.
  const dateAs = (format: "day") => (date: string) => formatTime(`${date}T12:00:00Z`, "UTC", format);
  const { series, columns } = dayColumns(days, terms !== undefined, {
    name: (share) =>
      by === "agent"
        ? (share.agentName ?? "No agent")
        : share.number
          ? formatPhone(share.number, country)
          : "From the browser",
    say: (size) => (terms ? money(BigInt(size)) : `${count(size)} min`),
    label: dateAs("day"),
    tick: (date) => dateAs("day")(date).replace(/^\D+/, ""),
  });
  const caption = `${terms ? "Cost" : "Minutes"} per day by ${by}`;
  return (
    <Card>
      <CardHeader
        title={terms ? "Cost per day" : "Minutes per day"}
        description={
          terms
            ? `A minute within the plan bears its share of the plan’s price, one beyond it ${money(terms.perMinute)}. Days in ${timeZone}.`
            : `Calls of a trial cost nothing. Days in ${timeZone}.`
        }
        actions={
          <SegmentedLinks
            label="Divided"
            current={by === "agent" ? base : `${base}?by=number`}
            options={[
              { href: base, label: "By agent" },
              { href: `${base}?by=number`, label: "By number" },
            ]}
          />
        }
      />
      <CardBody>
        {series.length > 0 ? (
          <ColumnsByDay
            caption={caption}
            series={series}
            days={columns}
            say={(size) => (terms ? money(BigInt(size)) : `${count(size)} min`)}
          />
        ) : (
          <p className="text-muted">No calls were counted in this period yet.</p>
        )}
      </CardBody>
    </Card>
  );
}
