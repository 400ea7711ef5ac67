import type { Zone } from "@/lib/scheduling/ports";
import { type Component, propertiesOf, textOf } from "./components";
import type { BusyTime } from "./read-busy";
import { durationOf, instantOf, momentOf } from "./times";
import type { Zones } from "./zones";

/** The periods of a VFREEBUSY that are not expressly free. */
export function freeBusyOf(component: Component, zones: Zones, floating: Zone): BusyTime[] {
  const uid = textOf(component, "UID") ?? "";
  return propertiesOf(component, "FREEBUSY").flatMap((property) => {
    if (property.parameters.get("FBTYPE")?.toUpperCase() === "FREE") return [];
    return property.value.split(",").flatMap((period): BusyTime[] => {
      const [from = "", to = ""] = period.split("/");
      const start = momentOf(from, property, zones, floating);
      if (!start) return [];
      const end = momentOf(to, property, zones, floating);
      const endMs = end ? instantOf(end) : instantOf(start) + (durationOf(to) ?? 0);
      return [[instantOf(start), endMs, uid]];
    });
  });
}
