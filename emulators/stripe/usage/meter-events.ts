import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { type Call, type Handlers, handler } from "../call";
import { invalid, missing, StripeError } from "../errors";
import { refreshDrafts } from "../invoices/refresh-usage";
import type { UsageRecord } from "../state/books";
import { idOf } from "../state/ids";
import { nowOf } from "../world";
import { tellMeterError } from "./meter-errors";

const day = 86_400;
const mostPast = 35 * day;
const mostFuture = 300;
const uniqueFor = day;

export const meterEventHandlers: Handlers<
  | "Billing/MeterEvents.create"
  | "Billing/MeterEventAdjustments.create"
  | "V2/Billing/MeterEvents.create"
  | "V2/Billing/MeterEventAdjustments.create"
> = {
  "Billing/MeterEvents.create": handler<Stripe.Billing.MeterEventCreateParams>((call) => {
    const { params } = call;
    const taken = take(call, { ...params, payload: params.payload ?? {} });
    return { object: "billing.meter_event", ...taken, livemode: false };
  }),
  "V2/Billing/MeterEvents.create": handler<Stripe.V2.Billing.MeterEventCreateParams>((call) => {
    const { timestamp: text, ...params } = call.params;
    const timestamp = text === undefined ? undefined : Math.floor(Date.parse(text) / 1000);
    if (timestamp !== undefined && Number.isNaN(timestamp)) throw invalid("Invalid timestamp", "timestamp");
    const taken = take(call, { ...params, ...(timestamp === undefined ? {} : { timestamp }) });
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    const times = { created: iso(taken.created), timestamp: iso(taken.timestamp) };
    return { object: "v2.billing.meter_event", ...taken, ...times, livemode: false };
  }),
  "Billing/MeterEventAdjustments.create": handler<Stripe.Billing.MeterEventAdjustmentCreateParams>((call) =>
    adjust(call, "billing.meter_event_adjustment"),
  ),
  "V2/Billing/MeterEventAdjustments.create": handler<Stripe.V2.Billing.MeterEventAdjustmentCreateParams>((call) => ({
    ...adjust(call, "v2.billing.meter_event_adjustment"),
    id: `mtr_event_adj_${randomUUID()}`,
    created: new Date(nowOf(call.world, call.books, null) * 1000).toISOString(),
  })),
};

interface Given {
  event_name: string;
  payload: { [key: string]: string };
  identifier?: string;
  timestamp?: number;
}

interface Taken {
  created: number;
  event_name: string;
  identifier: string;
  payload: { [key: string]: string };
  timestamp: number;
}

/** What cannot be counted is taken all the same and told of later, as Stripe does; only a repeated identifier is refused at once. */
function take({ world, books }: Pick<Call, "world" | "books">, given: Given): Taken {
  const payload = Object.fromEntries(Object.entries(given.payload).map(([key, value]) => [key, String(value)]));
  const identifier = given.identifier ?? randomUUID();
  if (identifier.length > 100)
    throw invalid("Invalid string: identifier must be at most 100 characters.", "identifier");
  const meter = books.meters.all("event_name", given.event_name).findLast(({ status }) => status === "active");
  const archived = meter ?? books.meters.all("event_name", given.event_name).at(-1);
  const customer = payload[(meter ?? archived)?.customer_mapping.event_payload_key ?? "stripe_customer_id"];
  const known = customer === undefined ? undefined : books.customers.get(customer);
  const now = nowOf(world, books, idOf(known?.test_clock));
  const timestamp = given.timestamp ?? now;
  const isRepeated = books.usage
    .all("identifier", identifier)
    .some((record) => now - record.receivedAt < uniqueFor && (!meter || record.meter === meter.id));
  if (isRepeated)
    throw invalid(`An event already exists with identifier ${identifier}.`, "identifier", "duplicate_meter_event");

  const value = payload[meter?.value_settings.event_payload_key ?? "value"];
  const refuse = (code: string, message: string): void => {
    if (world.settings.meterErrors === "at-once") throw invalid(message, undefined, code);
    tellMeterError(world, books, meter?.id ?? archived?.id, { code, message, identifier, at: now });
  };
  const taken: Taken = { created: now, event_name: given.event_name, identifier, payload, timestamp };
  if (!meter && !archived) refuse("no_meter", `No meter found for event name ${given.event_name}.`);
  else if (!meter) refuse("archived_meter", `The meter for event name ${given.event_name} is inactive.`);
  else if (customer === undefined) refuse("meter_event_no_customer_defined", "The payload names no customer.");
  else if (!known) refuse("meter_event_customer_not_found", `Customer ${customer} not found.`);
  else if (timestamp < now - mostPast)
    refuse("timestamp_too_far_in_past", "The timestamp is more than 35 days in the past.");
  else if (timestamp > now + mostFuture)
    refuse("timestamp_in_future", "The timestamp is more than 5 minutes in the future.");
  else if (value === undefined && meter.default_aggregation.formula !== "count")
    refuse("meter_event_value_not_found", "The payload has no value.");
  else if (!/^\d{1,15}$/.test(value ?? "1"))
    refuse("meter_event_invalid_value", `${value} is not a whole, positive number.`);
  else {
    const record: UsageRecord = {
      id: `${meter.id} ${identifier} ${now}`,
      meter: meter.id,
      customer: known.id,
      identifier,
      value: value ?? "1",
      timestamp,
      receivedAt: now,
      isCancelled: false,
    };
    books.usage.save(record);
    refreshDrafts(books, record);
  }
  return taken;
}

interface Adjustment {
  event_name: string;
  type: string;
  cancel?: { identifier?: string | undefined };
}

function adjust({ world, books, params }: Call<Adjustment>, object: string): object {
  const identifier = params.cancel?.identifier;
  if (!identifier)
    throw invalid("Missing required param: cancel[identifier].", "cancel[identifier]", "parameter_missing");
  const meters = new Set(books.meters.all("event_name", params.event_name).map(({ id }) => id));
  if (meters.size === 0) throw missing("billing meter", params.event_name, "event_name");
  const record = books.usage.all("identifier", identifier).findLast(({ meter }) => meters.has(meter));
  if (!record) throw missing("meter event", identifier, "cancel[identifier]");
  const now = nowOf(world, books, idOf(books.customers.get(record.customer)?.test_clock));
  if (now - record.receivedAt > uniqueFor)
    throw invalid("Meter events can only be cancelled within 24 hours of being received.", "cancel[identifier]");
  if (record.isCancelled) throw invalid(`The meter event ${identifier} was already cancelled.`, "cancel[identifier]");
  record.isCancelled = true;
  books.usage.save(record);
  refreshDrafts(books, record);
  return {
    object,
    cancel: { identifier },
    event_name: params.event_name,
    livemode: false,
    status: "complete",
    type: "cancel",
  };
}

/** Stripe counts one event of a customer and meter at a time. */
export function tooManyForCustomer(): StripeError {
  return new StripeError(429, "Another meter event for this customer and meter is being processed. Try again.", {
    code: "rate_limit",
    type: "invalid_request_error",
  });
}
