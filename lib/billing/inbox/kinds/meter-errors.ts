import { recordMeterErrors } from "../../meter/record-meter-errors";
import type { EventKind } from "../event";

/** Told in thin events alone, whose contents are fetched by the event's own id. */
export const meterErrorEvents: EventKind = {
  kinds: ["billing.meter.error_report_triggered", "billing.meter.no_meter_found"],
  isEachRead: true,
  async work(deps, event) {
    await recordMeterErrors(deps, deps.contextOf, deps.port, event.id);
    return "applied";
  },
};
