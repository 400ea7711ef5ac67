import { ChipLink } from "@/components/ui/chip-link";
import type { MonthOfTimes } from "../month-of-times";
import { inWords, readAlike } from "../said-times";
import { zoneNames } from "../visitor-zone";
import { MonthGrid } from "./month-grid";
import { TimeList } from "./time-list";
import { ZoneForm } from "./zone-form";

type Query = { month?: string; date?: string; zone?: string; staff?: string; place?: string };
type Choice = { value: string | undefined; label: string };

type Props = {
  month: MonthOfTimes;
  zone: string;
  businessZone: string;
  /** By place, where places have zones of their own. */
  placeZones?: Readonly<Record<string, string>>;
  /** What the address says of zone, person and place already. */
  chosen: { zone: string | undefined; staff: string | undefined; place?: string | undefined };
  /** Who can be asked for, and under which value; with one there is no choice. */
  staff: readonly Choice[];
  /** Where; with one there is no choice. */
  places?: readonly Choice[];
  here: (query: Query, fragment?: string) => string;
  timeHref: (startMs: number) => string;
};

/** With whom, which day, which time: links all of it, so that it works before any script and without. */
export function TimePicker({ month, zone, businessZone, chosen, staff, here, timeHref, ...where }: Props) {
  const { places = [], placeZones = {} } = where;
  const kept = {
    ...(chosen.zone ? { zone: chosen.zone } : {}),
    ...(chosen.staff ? { staff: chosen.staff } : {}),
    ...(chosen.place ? { place: chosen.place } : {}),
  };
  const shown = month.date ? { date: month.date } : { month: month.month };
  return (
    <div className="flex flex-col gap-5">
      {places.length > 1 && (
        <Chips
          label="Where"
          choices={places}
          chosen={chosen.place}
          // Whoever was asked for may not work there.
          href={(place) => here({ ...kept, ...shown, place, staff: "" })}
        />
      )}
      {staff.length > 1 && (
        <Chips
          label="With whom"
          choices={staff}
          chosen={chosen.staff}
          href={(person) => here({ ...kept, ...shown, staff: person })}
        />
      )}
      <div className="grid items-start gap-x-10 gap-y-6 rounded-lg border bg-surface p-3 sm:p-5 md:grid-cols-[minmax(0,1fr)_minmax(0,18rem)]">
        <MonthGrid month={month} href={(query) => here({ ...kept, ...query }, query.date ? "#times" : "")} />
        <TimeList
          month={month}
          zone={zone}
          businessZone={businessZone}
          placeZones={placeZones}
          isWhereSaid={places.length > 1 && !chosen.place}
          href={timeHref}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <ZoneForm
          zone={zone}
          isChosen={chosen.zone !== undefined}
          zones={zoneNames(zone)}
          keep={{ staff: chosen.staff, place: chosen.place, month: month.month }}
        />
        <p className="text-xs text-muted">{sayZones(month, zone, businessZone, placeZones)}</p>
      </div>
    </div>
  );
}

/** How the times stand to those of the business, or of its places. */
function sayZones(
  { times }: MonthOfTimes,
  zone: string,
  businessZone: string,
  placeZones: Readonly<Record<string, string>>,
): string {
  const zones = new Set(times.map((slot) => placeZones[slot.locationId ?? ""] ?? businessZone));
  if (zones.size > 1) return "Not every place is in the same zone; the time there stands beside yours.";
  if (zone === businessZone) return "That is the business's own zone.";
  const instants = times.map((slot) => slot.startMs);
  return readAlike(instants, zone, businessZone)
    ? `The business is in ${inWords(businessZone)}; its clock reads the same.`
    : `The business is in ${inWords(businessZone)}; its time stands beside yours.`;
}

type ChipsProps = {
  label: string;
  choices: readonly Choice[];
  chosen: string | undefined;
  href: (value: string) => string;
};

const Chips = ({ label, choices, chosen, href }: ChipsProps) => (
  <nav aria-label={label} className="flex flex-wrap gap-1.5">
    {choices.map((choice) => (
      <ChipLink
        key={choice.value ?? ""}
        href={href(choice.value ?? "")}
        active={(choice.value ?? "") === (chosen ?? "")}
        className="max-w-full truncate"
      >
        {choice.label}
      </ChipLink>
    ))}
  </nav>
);
