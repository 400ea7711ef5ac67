const PHONE = /\+?\d[\d\s().-]{7,}\d/g;

/** Replaces the middle of anything that looks like a telephone number: "+12025550123" → "+120…23". */
export const redactPhones = (text: string): string =>
  text.replace(PHONE, (match) =>
    match.replace(/\D/g, "").length < 8 ? match : `${match.slice(0, 4)}…${match.slice(-2)}`,
  );
