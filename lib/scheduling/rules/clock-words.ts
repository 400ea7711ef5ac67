/** What a time of day can mean: minutes since midnight; two readings where morning or afternoon was not said. */
export type ClockReadings = number[];

const NUMBERS: Record<string, number> = Object.fromEntries(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, n) => [word, n]),
);
const TENS: Record<string, number> = { twenty: 20, thirty: 30, forty: 40, fifty: 50 };

/** "15:30", "3 pm", "half past two", "quarter to nine", "ten thirty", "noon"; undefined when it is no time of day. */
export function readClock(text: string): ClockReadings | undefined {
  const plain = text
    .toLowerCase()
    .replace(/\b(at|about|around|o'?clock|sharp|exactly)\b/g, " ")
    .replace(/\b([ap])\s*\.?\s*m\b\.?/g, "$1m")
    .replace(/\s+/g, " ")
    .trim();
  if (/^(noon|midday|12 noon|twelve noon)$/.test(plain)) return [720];
  if (plain === "midnight") return [0];
  const half = /( ?(am|pm)| in the (morning|afternoon|evening)| at night| tonight)$/.exec(plain);
  const core = half ? plain.slice(0, half.index).trim() : plain;
  const minute = digits(core) ?? relative(core) ?? spoken(core);
  if (!minute) return undefined;
  if (half) return halfOf(minute.at, half[0].trim());
  if (minute.at >= 780 || minute.isFull) return [minute.at];
  const inFirst = minute.at % 720;
  return inFirst < 60 ? [inFirst + 720, inFirst] : [inFirst, inFirst + 720];
}

type Heard = { at: number; isFull?: boolean | undefined } | undefined;

function halfOf(at: number, word: string): ClockReadings | undefined {
  if (at >= 780) return word === "am" || word.includes("morning") ? undefined : [at];
  const inFirst = at % 720;
  if (word === "am" || word.includes("morning")) return [inFirst];
  if (word.includes("night") && inFirst < 300) return [inFirst];
  return [inFirst + 720];
}

const clock = (hour: number, minute: number): number | undefined =>
  hour <= 23 && minute <= 59 ? hour * 60 + minute : undefined;

function digits(text: string): Heard {
  const match = /^(\d{1,2})(?:[:.h ](\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const at = clock(Number(match[1]), Number(match[2] ?? 0));
  // "09:30" with its zero is written, not said: a 24-hour time.
  return at === undefined ? undefined : { at, isFull: match[1]?.startsWith("0") };
}

function relative(text: string): Heard {
  const match =
    /^(?:a )?(half|quarter|five|ten|twenty|twenty five|\d{1,2})( minutes?)? (past|after|to|before|till) (.+)$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, amount = "", unit, direction = "", hourText = ""] = match;
  // "10 to 12" in figures is from ten until twelve.
  if (/^\d/.test(amount) && !unit && direction !== "past") return undefined;
  const hour = /^\d{1,2}$/.test(hourText) ? Number(hourText) : NUMBERS[hourText];
  if (hour === undefined || hour < 1 || hour > 12) return undefined;
  const minutes =
    amount === "half"
      ? 30
      : amount === "quarter"
        ? 15
        : amount === "twenty five"
          ? 25
          : (NUMBERS[amount] ?? Number(amount));
  const forward = direction === "past" || direction === "after";
  return { at: ((hour % 12) * 60 + (forward ? minutes : -minutes) + 720) % 720 || 720 };
}

function spoken(text: string): Heard {
  const [first = "", ...rest] = text.replaceAll("-", " ").split(" ");
  const hour = NUMBERS[first];
  if (hour === undefined || hour > 20) return undefined;
  if (rest.length === 0) return hour === 0 ? undefined : { at: hour * 60 };
  const minute = minutesIn(rest);
  const at = minute === undefined ? undefined : clock(hour, minute);
  return at === undefined ? undefined : { at };
}

function minutesIn([ten = "", unit, ...more]: string[]): number | undefined {
  if (more.length > 0) return undefined;
  if (ten === "oh" || ten === "o") return unit === undefined ? undefined : NUMBERS[unit];
  const tens = TENS[ten];
  if (tens === undefined) return unit === undefined ? NUMBERS[ten] : undefined;
  const units = unit === undefined ? 0 : NUMBERS[unit];
  return units === undefined || units > 9 ? undefined : tens + units;
}
