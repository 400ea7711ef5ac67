import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { isoOf } from "@/lib/scheduling/rules/civil";
import type { Engine } from "./slot-cases";

const PACKAGES = { engine: "@calcom/platform-libraries@0.0.360", dates: "dayjs@1.11.11" };

export type CalCom = { engine: Engine; remove(): void };

/**
 * The slot engine of Cal.com as published on npm, on stock dayjs: working hours to ranges, less busy time, of the team together, cut into
 * slots. Its packages are fetched into a temporary folder and read there; they are no part of this project (AGPL-3.0). A string says why
 * it could not be had.
 */
export function fetchCalCom(): CalCom | string {
  const folder = mkdtempSync(path.join(tmpdir(), `caly-test-${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const engineAt = unpacked(folder, PACKAGES.engine);
    const datesAt = unpacked(folder, PACKAGES.dates);
    return { engine: engineOf(path.join(engineAt, "dist"), datesAt), remove };
  } catch (error) {
    remove();
    return error instanceof Error ? error.message : String(error);
  }
}

function unpacked(folder: string, name: string): string {
  const into = mkdtempSync(path.join(folder, "package-"));
  try {
    execFileSync("npm", ["pack", name, "--silent", "--pack-destination", into], { stdio: "pipe", timeout: 60_000 });
  } catch (cause) {
    throw new Error(`the registry did not give ${name}`, { cause });
  }
  const [archive] = readdirSync(into).filter((file) => file.endsWith(".tgz"));
  if (!archive) throw new Error(`${name} was not fetched`);
  execFileSync("tar", ["xzf", path.join(into, archive), "-C", into], { stdio: "pipe" });
  return path.join(into, "package");
}

/** What is used of the packages; they are trusted to be what this version is. */
type Moment = { valueOf(): number; $x: { $timezone: string } };
type Dates = { (ms: number): Moment; extend(plugin: unknown): void; tz(text: string, zone: string): Moment };
type Range = { start: Moment; end: Moment };
type Ranges = {
  buildDateRanges(input: object): { dateRanges: Range[]; oooExcludedDateRanges: Range[] };
  subtract(ranges: Range[], busy: Range[]): Range[];
};
type Slots = { aggregate(people: object[], kind: string): Range[]; getSlots(input: object): { time: Moment }[] };

function engineOf(folder: string, datesAt: string): Engine {
  const load = createRequire(path.join(datesAt, "package.json"));
  const dayjs = load("./dayjs.min.js") as Dates;
  for (const plugin of ["utc", "timezone", "minMax", "isBetween"]) dayjs.extend(load(`./plugin/${plugin}.js`));
  const ranges = {} as Ranges;
  evaluate(readOnly(folder, /^date-ranges-.*\.cjs$/), { exports: ranges, require: () => dayjs });
  const index = {
    SchedulingType: { COLLECTIVE: "COLLECTIVE", ROUND_ROBIN: "ROUND_ROBIN" },
    DEFAULT_GROUP_ID: "default",
  };
  const getTimeZone = (date: Moment) => date.$x.$timezone;
  const slots = {} as Slots;
  const source = between(readOnly(folder, /^slots\.cjs$/), "function createIntervalNodes", "const getSlots$1 =");
  evaluate(`${source}\nexports.getSlots = getSlots; exports.aggregate = getAggregatedAvailability;`, {
    exports: slots,
    dayjs,
    index,
    index$2: { getTimeZone },
    dateRanges: ranges,
  });
  return (asked) => () => {
    const at = (minute: number) => new Date(Date.UTC(1970, 0, 1, Math.floor(minute / 60), minute % 60));
    const dateFrom = dayjs.tz(`${isoOf(asked.fromDay)}T00:00:00`, asked.zone);
    const dateTo = dayjs.tz(`${isoOf(asked.fromDay + asked.days)}T00:00:00`, asked.zone);
    const hours = { days: [1, 2, 3, 4, 5], startTime: at(asked.span.startMinute), endTime: at(asked.span.endMinute) };
    const people = asked.busy.map((appointments) => {
      const built = ranges.buildDateRanges({
        availability: [hours],
        timeZone: asked.zone,
        dateFrom,
        dateTo,
        travelSchedules: [],
      });
      const busy = appointments.map(([start, end]) => ({ start: dayjs(start), end: dayjs(end) }));
      return {
        dateRanges: ranges.subtract(built.dateRanges, busy),
        oooExcludedDateRanges: ranges.subtract(built.oooExcludedDateRanges, busy),
        user: { isFixed: false },
      };
    });
    const found = slots.getSlots({
      inviteeDate: dateFrom,
      frequency: asked.minutes,
      eventLength: asked.minutes,
      minimumBookingNotice: 0,
      dateRanges: slots.aggregate(people, index.SchedulingType.ROUND_ROBIN),
    });
    return found.map((slot) => ({ startMs: slot.time.valueOf(), free: undefined }));
  };
}

function readOnly(folder: string, name: RegExp): string {
  const [file, ...more] = readdirSync(folder).filter((each) => name.test(each));
  if (!file || more.length > 0) throw new Error(`the package is not laid out as expected: ${name}`);
  return readFileSync(path.join(folder, file), "utf8");
}

function between(source: string, from: string, to: string): string {
  const start = source.indexOf(from);
  const end = source.indexOf(to);
  if (start < 0 || end < start) throw new Error(`the package is not laid out as expected: ${from}`);
  return source.slice(start, end);
}

function evaluate(source: string, given: Record<string, unknown>): void {
  new Function(...Object.keys(given), source)(...Object.values(given));
}
