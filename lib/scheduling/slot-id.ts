import { hmacSha256, safeEqual } from "@/lib/platform/crypto";
import { MINUTE_MS } from "./rules/civil";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const SHAPE = /^slot_([0-9a-hjkmnp-tv-z]{8})([0-9a-hjkmnp-tv-z]{8})([0-9a-hjkmnp-tv-z]{7})([0-9a-hjkmnp-tv-z]{8})$/;

/** Why this person stands in the id; where nobody asked for them, whoever is free may take their place. */
const origins = ["asked", "round_robin", "preferred", "only_one"] as const;
export type SlotOrigin = (typeof origins)[number];
/** The minute takes 26 bits of 35 until 2080: the origin stands above it. */
const ORIGIN = 2 ** 33;

type Slot = { orgId: string; serviceId: string; staffId: string; startMs: number; origin?: SlotOrigin };

/**
 * A slot as an opaque id that needs no row: the last five bytes of the service's and the staff's UUID (an id's last eight letters),
 * the minute since 1970 and five bytes of HMAC-SHA256 over all of it. Only times this organisation has offered have one.
 */
export function slotIdOf(key: Buffer, slot: Slot): string {
  return `slot_${slot.serviceId.slice(-8)}${slot.staffId.slice(-8)}${encode(slot.startMs / MINUTE_MS + origins.indexOf(slot.origin ?? "asked") * ORIGIN, 7)}${macOf(key, slot)}`;
}

/** What an id claims; nothing is proved until `resolveSlot`. Letters' case and surrounding space do not matter. */
export function readSlotId(
  text: string,
): { service: string; staff: string; startMs: number; origin: SlotOrigin; mac: string } | undefined {
  const match = SHAPE.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const [, service = "", staff = "", minute = "", mac = ""] = match;
  const at = decode(minute);
  return {
    service,
    staff,
    startMs: (at % ORIGIN) * MINUTE_MS,
    origin: origins[Math.floor(at / ORIGIN)] ?? "asked",
    mac,
  };
}

/** Whether an id claims to be a time of this service. */
export const isSlotOf = (text: string, serviceId: string): boolean => readSlotId(text)?.service === serviceId.slice(-8);

/** The service and staff the id was made for, or undefined when it is not one of this organisation's. */
export function resolveSlot<S extends { id: string }, P extends { id: string }>(
  key: Buffer,
  orgId: string,
  text: string,
  services: readonly S[],
  staff: readonly P[],
): { service: S; person: P; startMs: number; origin: SlotOrigin } | undefined {
  const claimed = readSlotId(text);
  if (!claimed) return undefined;
  for (const service of services.filter((each) => each.id.endsWith(claimed.service)))
    for (const person of staff.filter((each) => each.id.endsWith(claimed.staff))) {
      const { startMs, origin } = claimed;
      const mac = macOf(key, { orgId, serviceId: service.id, staffId: person.id, startMs, origin });
      if (safeEqual(mac, claimed.mac)) return { service, person, startMs, origin };
    }
  return undefined;
}

function macOf(key: Buffer, { orgId, serviceId, staffId, startMs, origin = "asked" }: Slot): string {
  const digest = hmacSha256(key, `${orgId}|${serviceId}|${staffId}|${startMs}|${origin}`);
  return encode(digest.readUIntBE(0, 5), 8);
}

function encode(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = `${ALPHABET[rest % 32]}${text}`;
  return text;
}

const decode = (text: string): number => [...text].reduce((sum, letter) => sum * 32 + ALPHABET.indexOf(letter), 0);
