import type Stripe from "stripe";
import { listPage, pageOf } from "../answers/list";
import { type Call, type Handlers, handler, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { newId } from "../state/ids";
import { nowOf } from "../world";
import { usageOf, wireUsage } from "./sum";

const url = "/v1/billing/meters";

export const meterHandlers: Handlers<
  | "Billing/Meters.create"
  | "Billing/Meters.retrieve"
  | "Billing/Meters.update"
  | "Billing/Meters.list"
  | "Billing/Meters.deactivate"
  | "Billing/Meters.reactivate"
  | "Billing/Meters.listEventSummaries"
> = {
  "Billing/Meters.create": handler<Stripe.Billing.MeterCreateParams>(create),
  "Billing/Meters.retrieve": handler(({ books, ids }) => need(books.meters, ids.id, "billing meter")),
  "Billing/Meters.update": handler<Stripe.Billing.MeterUpdateParams>((call) => {
    const meter = need(call.books.meters, call.ids.id, "billing meter");
    if (call.params.display_name !== undefined) meter.display_name = call.params.display_name;
    return changed(call, meter, "billing.meter.updated");
  }),
  "Billing/Meters.list": handler<Stripe.Billing.MeterListParams>(({ books, params }) =>
    listPage(books.meters, params, {
      url,
      where: (meter) => params.status === undefined || meter.status === params.status,
    }),
  ),
  "Billing/Meters.deactivate": (call) => setStatus(call, "inactive"),
  "Billing/Meters.reactivate": (call) => setStatus(call, "active"),
  "Billing/Meters.listEventSummaries": handler<Stripe.Billing.MeterListEventSummariesParams>(summaries),
};

function create({ world, books, params }: Call<Stripe.Billing.MeterCreateParams>): object {
  const clash = books.meters.all("event_name", params.event_name).find(({ status }) => status === "active");
  if (clash)
    throw invalid(
      `A meter with event name '${params.event_name}' already exists.`,
      "event_name",
      "resource_already_exists",
    );
  const created = nowOf(world, books, null);
  const meter: Stripe.Billing.Meter = {
    id: newId("mtr_test", 20),
    object: "billing.meter",
    created,
    customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
    default_aggregation: params.default_aggregation,
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: params.event_time_window ?? null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: created,
    value_settings: { event_payload_key: params.value_settings?.event_payload_key ?? "value" },
  };
  books.meters.save(meter);
  recordEvent(world, books, "billing.meter.created", meter);
  return meter;
}

function changed(
  { world, books }: Pick<Call, "world" | "books">,
  meter: Stripe.Billing.Meter,
  type: string,
): Stripe.Billing.Meter {
  meter.updated = nowOf(world, books, null);
  books.meters.save(meter);
  recordEvent(world, books, type, meter);
  return meter;
}

function setStatus(call: Call, status: "active" | "inactive"): object {
  const meter = need(call.books.meters, call.ids.id, "billing meter");
  if (meter.status === status) throw invalid(`The meter is already ${status}.`);
  meter.status = status;
  meter.status_transitions.deactivated_at = status === "inactive" ? nowOf(call.world, call.books, null) : null;
  return changed(call, meter, status === "active" ? "billing.meter.reactivated" : "billing.meter.deactivated");
}

function summaries({ books, params, ids }: Call<Stripe.Billing.MeterListEventSummariesParams>): object {
  const meter = need(books.meters, ids.id, "billing meter");
  need(books.customers, params.customer, "customer", "customer");
  const { start_time: start, end_time: end, value_grouping_window: window } = params;
  const step = window === "day" ? 86_400 : window === "hour" ? 3600 : 60;
  if (start % step !== 0 || end % step !== 0)
    throw invalid(`start_time and end_time must align with ${window ?? "minute"} boundaries.`, "start_time");
  if (end <= start) throw invalid("end_time must be after start_time.", "end_time");
  const bounds: [number, number][] = [];
  if (window) for (let at = start; at < end; at += step) bounds.push([at, Math.min(end, at + step)]);
  else bounds.push([start, end]);
  const rows = bounds.map(([from, to]) => ({
    id: `mtrsum_${meter.id}_${params.customer}_${from}_${to}`,
    object: "billing.meter_event_summary",
    aggregated_value: wireUsage(usageOf(books, meter.id, params.customer, from, to)),
    end_time: to,
    livemode: false,
    meter: meter.id,
    start_time: from,
  }));
  const told = window ? rows.filter(({ aggregated_value: value }) => value !== 0) : rows;
  return pageOf([...told].reverse(), params, `${url}/${meter.id}/event_summaries`);
}
