import { ASSUMED_LENGTH_MS } from "@/lib/calendars/ports";
import { type LocalMs, parseRule, type Rule, type Zone } from "@/lib/scheduling/ports";
import { type Component, type Property, propertiesOf, textOf } from "./components";
import { durationOf, instantOf, type Moment, momentOf, momentsOf } from "./times";
import type { Zones } from "./zones";

export type Event = {
  uid: string;
  sequence: number;
  start: Moment;
  /** On the wall clock of the start: 22:00–06:00 is that on the night of a clock change too. */
  lengthMs: LocalMs;
  isBusy: boolean;
  /** What of it cannot be read and may hide busy time; what only takes time away (EXDATE, EXRULE) does not. undefined = nothing. */
  unread: "end" | "zone" | "repetition" | undefined;
  rules: Rule[];
  exceptRules: Rule[];
  /** RDATE: single starts besides, with a length of their own where they are periods. */
  extra: { start: Moment; lengthMs: number | undefined }[];
  /** EXDATE; a date alone takes away every occurrence of that day. */
  except: Moment[];
  /** Which occurrence of the series of the same UID this one replaces, and whether all later ones with it. */
  replaces: { moment: Moment; andLater: boolean } | undefined;
};

const DAY_MS = 86_400_000;

/**
 * undefined where the event has no start that can be read. Rules that cannot be read leave their event at its first start, an end that
 * cannot leaves it an hour.
 */
export function readEvent(component: Component, zones: Zones, floating: Zone): Event | undefined {
  const start = firstMoment(component, "DTSTART", zones, floating);
  if (!start) return undefined;
  const recurrenceId = propertiesOf(component, "RECURRENCE-ID")[0];
  const moment = recurrenceId && momentOf(recurrenceId.value, recurrenceId, zones, floating);
  const rules = rulesOf(component, "RRULE");
  const extra = propertiesOf(component, "RDATE").flatMap((property) => extraOf(property, zones, floating));
  const length = lengthOf(component, start, zones, floating);
  return {
    uid: textOf(component, "UID") ?? "",
    sequence: Number.parseInt(textOf(component, "SEQUENCE") ?? "0", 10) || 0,
    start,
    lengthMs: length.ms,
    isBusy: isBusy(component),
    unread: unreadOf(),
    rules,
    exceptRules: rulesOf(component, "EXRULE"),
    extra,
    except: propertiesOf(component, "EXDATE").flatMap((property) => momentsOf(property, zones, floating)),
    replaces: moment && {
      moment,
      andLater: recurrenceId.parameters.get("RANGE")?.toUpperCase() === "THISANDFUTURE",
    },
  };

  function unreadOf(): Event["unread"] {
    if (!start?.isZoneKnown || extra.some((each) => !each.start.isZoneKnown)) return "zone";
    const starts = propertiesOf(component, "RDATE").flatMap(({ value }) =>
      value.split(",").filter((item) => item.trim()),
    );
    if (rules.length < propertiesOf(component, "RRULE").length || extra.length < starts.length) return "repetition";
    return length.isKnown ? undefined : "end";
  }
}

/** Cancelled events and those shown as free take no time. */
export const isBusy = (component: Component): boolean =>
  textOf(component, "STATUS")?.toUpperCase() !== "CANCELLED" &&
  textOf(component, "TRANSP")?.toUpperCase() !== "TRANSPARENT";

function firstMoment(component: Component, name: string, zones: Zones, floating: Zone): Moment | undefined {
  const property = propertiesOf(component, name)[0];
  return property && momentOf(property.value, property, zones, floating);
}

function lengthOf(
  component: Component,
  start: Moment,
  zones: Zones,
  floating: Zone,
): { ms: LocalMs; isKnown: boolean } {
  const end = firstMoment(component, "DTEND", zones, floating);
  const given = textOf(component, "DURATION");
  const ms = end
    ? end.zone === start.zone
      ? end.local - start.local
      : instantOf(end) - instantOf(start)
    : durationOf(given ?? "");
  if (ms !== undefined) return { ms: Math.max(0, ms), isKnown: ms >= 0 && end?.isZoneKnown !== false };
  const isKnown = !given && !textOf(component, "DTEND");
  return { ms: start.isDate ? DAY_MS : isKnown ? 0 : ASSUMED_LENGTH_MS, isKnown };
}

const rulesOf = (component: Component, name: string): Rule[] =>
  propertiesOf(component, name).flatMap(({ value }) => {
    const rule = parseRule(value);
    return rule.ok ? [rule.value] : [];
  });

function extraOf(property: Property, zones: Zones, floating: Zone): Event["extra"] {
  return property.value.split(",").flatMap((item) => {
    const [from = "", to] = item.split("/");
    const start = momentOf(from, property, zones, floating);
    if (!start) return [];
    if (to === undefined) return [{ start, lengthMs: undefined }];
    const end = momentOf(to, property, zones, floating);
    const lengthMs = end ? end.local - start.local : durationOf(to);
    return [{ start, lengthMs: lengthMs === undefined ? undefined : Math.max(0, lengthMs) }];
  });
}
