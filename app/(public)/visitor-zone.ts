/** The IANA zone an address asks for, in its own spelling; undefined for anything that is none. Offsets ("+02:00") are not places. */
export function visitorZone(asked: string | undefined): string | undefined {
  if (!asked || !/^[A-Za-z][\w+/-]{1,59}$/.test(asked)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: asked }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Every zone a visitor may choose. */
export const zoneNames = (own: string): string[] =>
  [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
