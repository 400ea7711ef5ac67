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
  /** False where a rule of it cannot be read. */
  isWhole: boolean;
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

/** undefined where the event has no start that can be read. Rules that cannot be read leave their event at its first start. */
export function readEvent(component: Component, zones: Zones, floating: Zone): Event | undefined {
  const start = firstMoment(component, "DTSTART", zones, floating);
  if (!start) return undefined;
  const recurrenceId = propertiesOf(component, "RECURRENCE-ID")[0];
  const moment = recurrenceId && momentOf(recurrenceId.value, recurrenceId, zones, floating);
  const transparency = textOf(component, "TRANSP")?.toUpperCase();
  const rules = rulesOf(component, "RRULE");
  return {
    uid: textOf(component, "UID") ?? "",
    sequence: Number.parseInt(textOf(component, "SEQUENCE") ?? "0", 10) || 0,
    start,
    lengthMs: lengthOf(component, start, zones, floating),
    isBusy: textOf(component, "STATUS")?.toUpperCase() !== "CANCELLED" && transparency !== "TRANSPARENT",
    isWhole: rules.length === propertiesOf(component, "RRULE").length,
    rules,
    exceptRules: rulesOf(component, "EXRULE"),
    extra: propertiesOf(component, "RDATE").flatMap((property) => extraOf(property, zones, floating)),
    except: propertiesOf(component, "EXDATE").flatMap((property) => momentsOf(property, zones, floating)),
    replaces: moment && {
      moment,
      andLater: recurrenceId.parameters.get("RANGE")?.toUpperCase() === "THISANDFUTURE",
    },
  };
}

function firstMoment(component: Component, name: string, zones: Zones, floating: Zone): Moment | undefined {
  const property = propertiesOf(component, name)[0];
  return property && momentOf(property.value, property, zones, floating);
}

function lengthOf(component: Component, start: Moment, zones: Zones, floating: Zone): LocalMs {
  const end = firstMoment(component, "DTEND", zones, floating);
  if (end) return Math.max(0, end.zone === start.zone ? end.local - start.local : instantOf(end) - instantOf(start));
  const duration = durationOf(textOf(component, "DURATION") ?? "");
  if (duration !== undefined) return Math.max(0, duration);
  return start.isDate ? DAY_MS : 0;
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
