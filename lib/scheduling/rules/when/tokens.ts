/** A piece of what was said: a run of digits, a run of letters, or one other character. `start` and `end` are places in the normalised text. */
export type Token = {
  text: string;
  kind: "num" | "word" | "sym" | "end";
  /** Of digits; 0 otherwise. */
  value: number;
  /** Nothing stands between it and what comes before. */
  glued: boolean;
  /** After the T of a machine's date: the hour is one of twenty-four. */
  isAfterT?: boolean;
  start: number;
  end: number;
};

/** Nobody names a time in more: what comes after is not read, so that the cost has a bound. */
const LONGEST = 600;

const END: Token = { text: "", kind: "end", value: 0, glued: false, start: -1, end: -1 };

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) => code >= 97 && code <= 122;
const QUOTES = new Set(["'", "’", "‘", "`", '"', "´"]);
/** Of these a possessive is the same word ("Friday's", "next week's"); of others its s stays ("Valentine's day"). */
const POSSESSED = new Set(
  "monday tuesday wednesday thursday friday saturday sunday week month year quarter weekend".split(" "),
);
/** "We'd", "I'll": only the pronoun says something here. */
const CONTRACTED = /^(i|we|you|he|she|it|they|that|there|who)(d|ll|ve|re|m|s)$/;
/** "sevenish", "noonish": a word, and that it is meant loosely. */
const LOOSELY =
  /^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen|noon|midday|midnight|morning|afternoon|evening|lunchtime)ish$/;
const DASHES = new Set(["–", "—", "−", "‐", "‑", "~"]);

/** Splits text in one pass: lower case, quotes inside a word left out ("o'clock" is one word), every kind of dash the same. */
export function tokensOf(text: string): Token[] {
  const plain = text
    .slice(0, LONGEST)
    .replace(/[½¼¾]/g, " $&")
    .normalize("NFKC")
    .replaceAll("\u2044", "/")
    .slice(0, LONGEST)
    .toLowerCase();
  const tokens: Token[] = [];
  let glued = false;
  let isAfterT = false;
  for (let i = 0; i < plain.length; ) {
    const start = i;
    const code = plain.charCodeAt(i);
    if (isDigit(code)) {
      while (isDigit(plain.charCodeAt(i))) i++;
      const digits = plain.slice(start, i);
      tokens.push({
        text: digits,
        kind: "num",
        value: Number(digits),
        glued,
        start,
        end: i,
        ...(isAfterT ? { isAfterT } : {}),
      });
      isAfterT = false;
    } else if (isLetter(code)) {
      let word = "";
      while (isLetter(plain.charCodeAt(i)) || (QUOTES.has(plain.charAt(i)) && isLetter(plain.charCodeAt(i + 1)))) {
        if (isLetter(plain.charCodeAt(i))) word += plain.charAt(i);
        i++;
      }
      const quote = Math.max(...[1, 2, 3].filter((back) => QUOTES.has(plain.charAt(i - back))), 0);
      if (quote > 0) word = CONTRACTED.exec(word)?.[1] ?? word;
      if (quote === 2 && word.endsWith("s") && POSSESSED.has(word.slice(0, -1))) word = word.slice(0, -1);
      const isBetweenDateAndTime =
        word === "t" && glued && tokens.at(-1)?.kind === "num" && isDigit(plain.charCodeAt(i));
      if (isBetweenDateAndTime) {
        glued = false;
        isAfterT = true;
        continue;
      }
      const loose = LOOSELY.exec(word)?.[1];
      tokens.push({ text: loose ?? word, kind: "word", value: 0, glued, start, end: i });
      if (loose) tokens.push({ text: "ish", kind: "word", value: 0, glued: true, start: i - 3, end: i });
    } else {
      i++;
      const char = plain.charAt(start);
      if (/\s/.test(char)) {
        glued = false;
        continue;
      }
      if (!QUOTES.has(char))
        tokens.push({ text: DASHES.has(char) ? "-" : char, kind: "sym", value: 0, glued, start, end: i });
    }
    glued = true;
  }
  return tokens;
}

export const at = (tokens: readonly Token[], i: number): Token => tokens[i] ?? END;

/** The index after `words` when they stand at `i`, else -1. A word may be several forms joined by "|". */
export function after(tokens: readonly Token[], i: number, ...words: string[]): number {
  for (const word of words) {
    const { text } = at(tokens, i);
    if (text === "" || !(word === text || (word.includes("|") && formsOf(word).has(text)))) return -1;
    i++;
  }
  return i;
}

const known = new Map<string, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** Only for what stands in our own rules: as many as there are of those. */
function formsOf(words: string): ReadonlySet<string> {
  let forms = known.get(words);
  if (!forms) {
    forms = words.includes("|") ? new Set(words.split("|")) : NONE;
    known.set(words, forms);
  }
  return forms;
}

/** The index after any of these words at `i`, or `i` itself. */
export function skip(tokens: readonly Token[], i: number, words: ReadonlySet<string>): number {
  while (words.has(at(tokens, i).text)) i++;
  return i;
}
