import { dayOf } from "../civil";
import type { Span } from "./calendar";

type Calendar = "hebrew" | "islamic-umalqura";

/** Month and day of another calendar, and for how many days; those of the Hebrew and Islamic ones begin the evening before. */
type Feast = { calendar: Calendar; month: string; dayOfMonth: number; days: number };

const hebrew = (month: string, dayOfMonth: number, days = 1): Feast => ({
  calendar: "hebrew",
  month,
  dayOfMonth,
  days,
});
const islamic = (month: string, dayOfMonth: number, days = 1): Feast => ({
  calendar: "islamic-umalqura",
  month,
  dayOfMonth,
  days,
});

const FEASTS: [names: string, Feast][] = [
  ["rosh hashanah|rosh hashana|rosh hashanna|rosh ha shanah|jewish new year", hebrew("Tishri", 1, 2)],
  ["yom kippur|day of atonement", hebrew("Tishri", 10)],
  ["sukkot|sukkoth|succot|succos|feast of tabernacles", hebrew("Tishri", 15, 8)],
  ["shemini atzeret", hebrew("Tishri", 22)],
  ["simchat torah", hebrew("Tishri", 23)],
  ["hanukkah|hanukah|chanukah|chanukkah|hanuka", hebrew("Kislev", 25, 8)],
  ["tu bishvat", hebrew("Shevat", 15)],
  ["purim", hebrew("Adar", 14)],
  ["passover|pesach|pesah", hebrew("Nisan", 15, 8)],
  ["lag baomer", hebrew("Iyar", 18)],
  ["shavuot|shavuoth|feast of weeks", hebrew("Sivan", 6, 2)],
  ["tisha bav", hebrew("Av", 9)],
  ["islamic new year|hijri new year|muslim new year", islamic("Muharram", 1)],
  ["ashura|day of ashura", islamic("Muharram", 10)],
  ["mawlid|mawlid al nabawi|milad un nabi", islamic("Rabiʻ I", 12)],
  ["isra and miraj|lailat al miraj", islamic("Rajab", 27)],
  ["ramadan|ramadhan|ramzan|ramzaan", islamic("Ramadan", 1, 30)],
  ["laylat al qadr|laylat al kadr|night of power", islamic("Ramadan", 27)],
  ["eid al fitr|eid ul fitr|id al fitr|eid", islamic("Shawwal", 1)],
  ["eid al adha|eid ul adha|id ul adha|bakr id|feast of sacrifice|sacrifice feast", islamic("Dhuʻl-Hijjah", 10)],
];

/** The names, and what each is, for the table of holidays. */
export const feasts = new Map(
  FEASTS.flatMap(([names, feast]) => names.split("|").map((name): [string, Feast] => [name, feast])),
);

const formats = new Map<Calendar, Intl.DateTimeFormat>();

function formatOf(calendar: Calendar): Intl.DateTimeFormat {
  const known = formats.get(calendar);
  if (known) return known;
  const made = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, { month: "long", day: "numeric", timeZone: "UTC" });
  formats.set(calendar, made);
  return made;
}

const DAY_MS = 86_400_000;
const known = new Map<string, Span | undefined>();
const MOST_KNOWN = 500;

/**
 * A feast in a year of ours, the first where there are two; undefined where there is none. The runtime's calendars say when: they are
 * exact for these two. (Not for the Chinese one, whose new year they put a day late in 2027.)
 */
export function feastIn(feast: Feast, year: number, withEve: boolean): Span | undefined {
  const key = `${feast.calendar} ${feast.month} ${feast.dayOfMonth} ${year}`;
  if (!known.has(key)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, search(feast, year));
  }
  const span = known.get(key);
  if (!span || !withEve || feast.calendar !== "hebrew") return span;
  return { from: span.from - 1, to: feast.days > 1 ? span.to : span.from };
}

function search({ calendar, month, dayOfMonth, days }: Feast, year: number): Span | undefined {
  if (year < 1900 || year > 2100) return undefined;
  const format = formatOf(calendar);
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) {
    const parts = format.formatToParts(day * DAY_MS);
    const said = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    const isMonth = said("month") === month || (month === "Adar" && said("month") === "Adar II");
    if (isMonth && Number(said("day")) === dayOfMonth) return { from: day, to: day + days };
  }
  return undefined;
}
