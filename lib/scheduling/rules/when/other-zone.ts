/** Offsets from UTC in minutes that callers name, standard time and summer time alike: many say one all year and mean the other. */
const OFFSETS: Record<string, readonly number[]> = {
  est: [-300, -240],
  edt: [-300, -240],
  cst: [-360, -300],
  cdt: [-360, -300],
  mst: [-420, -360],
  mdt: [-420, -360],
  pst: [-480, -420],
  pdt: [-480, -420],
  gmt: [0],
  utc: [0],
  bst: [60],
  cet: [60],
  cest: [120],
  "eastern time": [-300, -240],
  "central time": [-360, -300],
  "mountain time": [-420, -360],
  "pacific time": [-480, -420],
};

const NAMED = new RegExp(`\\b(${Object.keys(OFFSETS).join("|")})\\b`);

/** Whether a zone was named whose clocks do not show the business's time, `offsetMinutes` ahead of UTC. */
export function namesOtherZone(said: string, offsetMinutes: number): boolean {
  const named = NAMED.exec(said.slice(0, 600).toLowerCase())?.[1];
  return named !== undefined && !(OFFSETS[named] ?? []).includes(offsetMinutes);
}
