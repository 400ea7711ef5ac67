import type { Zone } from "@/lib/scheduling/ports";
import { type Component, propertiesOf, textOf } from "./components";
import type { BusyTime } from "./read-busy";
import { durationOf, instantOf, momentOf } from "./times";
import type { Zones } from "./zones";

/** The periods of a VFREEBUSY that are not expressly free; `isWhole`: whether all of them can be read. */
export function freeBusyOf(component: Component, zones: Zones, floating: Zone): { busy: BusyTime[]; isWhole: boolean } {
  const uid = textOf(component, "UID") ?? "";
  const busy: BusyTime[] = [];
  let isWhole = true;
  for (const property of propertiesOf(component, "FREEBUSY")) {
    if (property.parameters.get("FBTYPE")?.toUpperCase() === "FREE") continue;
    for (const period of property.value.split(",")) {
      const [from = "", to = ""] = period.split("/");
      const start = momentOf(from, property, zones, floating);
      const end = momentOf(to, property, zones, floating);
      const length = durationOf(to);
      isWhole &&= start !== undefined && (end ?? length) !== undefined;
      if (start) busy.push([instantOf(start), end ? instantOf(end) : instantOf(start) + (length ?? 0), uid]);
    }
  }
  return { busy, isWhole };
}
