import { dayOf } from "../civil";
import { easter, monthSpan, nthWeekday, orthodoxEaster, type Span } from "./calendar";
import type { Conventions } from "./conventions";
import { feastIn, feasts } from "./feasts";
import type { Read } from "./numbers";
import { at, type Token } from "./tokens";
import { holidayBeginnings } from "./words";

/** `12-25` a date · `11#4thu` the fourth Thursday · `5#-1mon` the last Monday · `e-2` two days before Easter · `o` Orthodox · `+n` days after. */
const RULES = `
new year|new years|new years day|new year day=1-1 new years eve|new year eve|nye|sylvester=12-31
valentine|valentines|valentine day|valentines day|vday=2-14 groundhog day=2-2 ground hog day=2-2
saint patrick|st patrick|st patricks day|st patrick day|saint patricks day|st paddys day|saint paddys day|patricks day|st pattys day=3-17
april fools|april fools day|april fool day|all fools day|fools day=4-1 earth day=4-22 may day|mayday|workers day|international workers day|labour day@IN|labor day@IN=5-1
star wars day|may the fourth=5-4 cinco de mayo=5-5 juneteenth=6-19 freedom day=6-19 canada day@CA=7-1 bastille day=7-14
independence day|july fourth|4th of july|fourth of july|usa independence day|us independence day=7-4
halloween|halloween day|all hallows eve|all hallow eve|hallow eve=10-31 all saints day|all hallows|all hallow day=11-1 all souls day=11-2
guy fawkes day|guy fawkes night|bonfire night=11-5 veterans day|veteran day=11-11 remembrance day|armistice day=11-11
christmas|xmas|christmas day|xmas day|x mas=12-25 christmas eve|xmas eve=12-24 boxing day|st stephens day=12-26
mlk day|martin luther king day|martin luther kings day|mlk=1#3mon
presidents day|president day|washingtons birthday|washington birthday=2#3mon
memorial day=5#-1mon labor day|labour day=9#1mon labour day@AU=10#1mon columbus day|indigenous peoples day=10#2mon
thanksgiving|thanksgiving day|thanks giving|thanks giving day|turkey day=11#4thu thanksgiving@CA|thanksgiving day@CA=10#2mon
black friday=11#4thu+1 cyber monday=11#4thu+4
mothers day|mother day=5#2sun mothers day@GB|mothering sunday=e-21 fathers day|father day=6#3sun fathers day@AU=9#1sun
victoria day=5-24 flag day=6-14 inauguration day=1-20 epiphany=1-6 mardi gras|shrove tuesday|pancake day|pancake tuesday|fat tuesday=e-47
ash wednesday=e-46 palm sunday=e-7 maundy thursday|holy thursday=e-3 good friday|goodfriday=e-2 holy saturday|easter saturday=e-1
easter|easter sunday|easter day=e easter monday=e+1 ascension day|ascension|ascension thursday=e+39
pentecost|whitsun|whitsunday|whit sunday|white sunday=e+49 pentecost monday|whit monday=e+50 trinity sunday=e+56 corpus christi=e+60
orthodox easter|orthodox easter sunday=o orthodox good friday|orthodox great friday=o-2 orthodox easter monday=o+1
early may bank holiday|may bank holiday=5#1mon spring bank holiday=5#-1mon summer bank holiday|august bank holiday=8#-1mon
australia day=1-26 anzac day=4-25 womens day|international womens day|woman day=3-8 singles day|single day=11-11
parents day|parent day=7#4sun arbor day|arbour day=4#-1fri tax day=4-15 teachers day|teacher day=10-5 youth day|international youth day=8-12 childrens day|child day=6-1
burns night|burns day=1-25 st georges day|saint georges day=4-23 st andrews day=11-30 world aids day=12-1 pi day=3-14 leap day=2-29 boss day|bosss day|bosses day=10-16 loyalty day|lei day=5-1
`;

type Rule = { text: string; country: string | undefined };

const WEEKDAY = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const byName = new Map<string, Rule[]>();
const openings = holidayBeginnings;
for (const entry of RULES.trim().split(/(?<==\S+)\s+/)) {
  const [names = "", text = ""] = entry.split("=");
  for (const form of names.split("|")) {
    const [name = "", country] = form.trim().split("@");
    byName.set(name, [...(byName.get(name) ?? []), { text, country }]);
    openings.add(name.split(" ")[0] ?? "");
  }
}
for (const name of feasts.keys()) openings.add(name.split(" ")[0] ?? "");
const LONGEST_NAME = 6;
/** Their new years are no holidays of ours. */
const OTHER_CALENDARS = new Set([
  "chinese",
  "lunar",
  "islamic",
  "jewish",
  "orthodox",
  "parsi",
  "persian",
  "hijri",
  "tamil",
]);

/** A public holiday by its name, as a rule for any year. Where countries differ, the business's own decides. */
export function holiday(
  t: readonly Token[],
  i: number,
  { country, feastEve }: Conventions,
): Read<{ inYear: (year: number) => Span | undefined }> | undefined {
  if (!openings.has(at(t, i).text) && at(t, i).kind !== "num") return undefined;
  if (at(t, i).text === "new" && OTHER_CALENDARS.has(at(t, i - 1).text)) return undefined;
  let best: Read<{ inYear: (year: number) => Span | undefined }> | undefined;
  let name = "";
  for (let end = i; end < i + LONGEST_NAME && end < t.length; end++) {
    const token = at(t, end);
    if (token.text === "-" || token.text === ".") continue;
    name += `${name && !(token.glued && at(t, end - 1).kind === "num") ? " " : ""}${token.text}`;
    const rules = byName.get(name);
    const rule = rules?.find((each) => each.country === country) ?? rules?.find((each) => !each.country) ?? rules?.[0];
    const feast = feasts.get(name);
    if (rule) best = { inYear: (year) => spanOf(rule.text, year), end: end + 1 };
    else if (feast) best = { inYear: (year) => feastIn(feast, year, feastEve === "included"), end: end + 1 };
  }
  return best;
}

function spanOf(rule: string, year: number): Span | undefined {
  const [, base = "", plus = "0"] = /^(.*?)([+-]\d+)?$/.exec(/^\d+-/.test(rule) ? rule.replace("-", "/") : rule) ?? [];
  const start = startOf(base.replace("/", "-"), year);
  return start === undefined ? undefined : { from: start + Number(plus), to: start + Number(plus) + 1 };
}

function startOf(base: string, year: number): number | undefined {
  if (base === "e") return easter(year);
  if (base === "o") return orthodoxEaster(year);
  const [month = "", rest = ""] = base.split(/[-#]/, 2);
  if (!base.includes("#")) return dayOf(year, Number(month), Number(rest));
  const nth = base.slice(base.indexOf("#") + 1);
  const weekday = WEEKDAY.indexOf(nth.slice(-3));
  return nthWeekday(monthSpan(year, Number(month)), weekday, Number(nth.slice(0, -3)));
}
