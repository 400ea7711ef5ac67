import { singleton } from "@/lib/platform/singleton";

/** More than anybody has windows; each open stream asks the database twice a second. */
const MOST = 40;

const taken = () => singleton("stream-places", () => new Map<string, number>());

/** Takes one of the reader's places in this process and returns how to give it back, once; undefined where all are taken. */
export function takeStreamPlace(readerId: string): (() => void) | undefined {
  const places = taken();
  const before = places.get(readerId) ?? 0;
  if (before >= MOST) return undefined;
  places.set(readerId, before + 1);
  let isGiven = false;
  return () => {
    if (isGiven) return;
    isGiven = true;
    const left = (places.get(readerId) ?? 1) - 1;
    if (left > 0) places.set(readerId, left);
    else places.delete(readerId);
  };
}
