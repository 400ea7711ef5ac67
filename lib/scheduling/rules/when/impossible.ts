import { MONTHS } from "./words";

/** The most days a month can have, January first. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY = `(29|30|31|thirtieth|thirty[- ]first|thirty[- ]one|thirty)(?:st|nd|rd|th)?`;
const MONTH = `(${[...MONTHS.keys()].join("|")})`;
/** A number after the month may as well be a length ("30 minutes") or a time. */
const FORMS = [
  new RegExp(String.raw`\b${DAY} (?:day )?(?:of |in )?${MONTH}\b`),
  new RegExp(String.raw`\b${MONTH},? (?:the )?${DAY}\b(?! ?(?::|am\b|pm\b|min|hour|sec|people))`),
];

/** A date that is in no year ("the 31st of November"), as it was said: read as its month alone it would be guessed. */
export function impossibleDate(text: string): string | undefined {
  for (const form of FORMS) {
    const match = form.exec(text);
    if (!match) continue;
    const words = [match[1] ?? "", match[2] ?? ""];
    const month = words.map((word) => MONTHS.get(word)).find((each) => each !== undefined) ?? 1;
    const said = words.find((word) => !MONTHS.has(word)) ?? "";
    const day = said.startsWith("thirty") && /first|one/.test(said) ? 31 : said.startsWith("thirt") ? 30 : Number(said);
    if (day > (LONGEST[month - 1] ?? 31))
      return match[0].replace(/[a-z]+$|^[a-z]+/, (word) => (MONTHS.has(word) ? capital(word) : word));
  }
  return undefined;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
