import Stripe from "stripe";
import { METER_EVENT, type MeterPort, type MeterRefusal } from "@/lib/billing/ports";
import { readStripeAmount, toStripeAmount, toStripeCurrency } from "./amount";
import { type StripeConfig, stripeClient, underKey } from "./client";

/** Marks an item of an invoice as ours, with what caused it: Stripe forgets idempotency keys after a day, an item keeps its cause. */
const CAUSE = "caly_cause";
/** A customer has a handful of items at most; more than this are not looked through. */
const MOST_ITEMS = 1000;

/** Minutes of calls at Stripe: a Billing Meter, and items on the next invoice for what cannot be put right there any more. */
export function stripeMeter(config: StripeConfig): MeterPort {
  const { ask } = stripeClient(config);
  let meterId: string | undefined;

  async function findActive(): Promise<string | undefined> {
    const meters = await ask((stripe) =>
      stripe.billing.meters.list({ limit: 100, status: "active" }).autoPagingToArray({ limit: 1000 }),
    );
    return meters.find((meter) => meter.event_name === METER_EVENT)?.id;
  }

  async function findMeter(): Promise<string> {
    meterId ??= await findActive();
    if (!meterId) throw new Error(`Stripe has no active meter for ${METER_EVENT}: npm run billing:sync`);
    return meterId;
  }

  /** A negative item lands on the customer's next invoice of any kind; a credit grant would pay for nothing but metered prices. */
  async function addItem(
    { customerRef, amount, currency, description, cause }: Parameters<MeterPort["giveCredit"]>[0],
    sign: 1 | -1,
  ) {
    if (amount <= 0n) throw new RangeError("an item of an invoice is more than nothing");
    const told = (item: Stripe.InvoiceItem) => ({ ref: item.id, amount: readStripeAmount(item.amount) * BigInt(sign) });
    const find = async (stripe: Stripe): Promise<Stripe.InvoiceItem | undefined> => {
      const listed = stripe.invoiceItems.list({ customer: customerRef, limit: 100 });
      const items = await listed.autoPagingToArray({ limit: MOST_ITEMS });
      return items.find(({ metadata }) => metadata?.[CAUSE] === cause);
    };
    const there = await ask(find);
    if (there) return told(there);
    const params: Stripe.InvoiceItemCreateParams = {
      customer: customerRef,
      amount: sign * toStripeAmount(amount),
      currency: toStripeCurrency(currency),
      description,
      metadata: { [CAUSE]: cause },
    };
    const item = await ask((stripe) =>
      underKey<Stripe.InvoiceItem>(
        `caly-item-${cause}`,
        (key) => stripe.invoiceItems.create(params, key),
        () => find(stripe),
      ),
    );
    return told(item);
  }

  async function readSummaries(
    { customerRef, from, to }: Parameters<MeterPort["countedMinutes"]>[0],
    by: Pick<Stripe.Billing.MeterListEventSummariesParams, "value_grouping_window"> = {},
  ) {
    const meter = meterId ?? (await findMeter());
    const span = { start_time: Math.floor(from.getTime() / 1000), end_time: Math.floor(to.getTime() / 1000) };
    return ask((stripe) =>
      stripe.billing.meters
        .listEventSummaries(meter, { customer: customerRef, ...span, ...by, limit: 100 })
        .autoPagingToArray({ limit: 10_000 }),
    );
  }

  return {
    async reportMinutes({ identifier, customerRef, minutes, at, attempt }) {
      if (!Number.isSafeInteger(minutes) || minutes <= 0) throw new RangeError("a meter counts whole minutes, upwards");
      const event: Stripe.Billing.MeterEventCreateParams = {
        event_name: METER_EVENT,
        identifier,
        timestamp: Math.floor(at.getTime() / 1000),
        payload: { stripe_customer_id: customerRef, value: String(minutes) },
      };
      try {
        // What a key was answered is repeated for a day, failures too: a new attempt has a key of its own, and the identifier of the first.
        const idempotencyKey = `caly-meter-${identifier}-${attempt}`;
        await ask((stripe) => stripe.billing.meterEvents.create(event, { idempotencyKey }));
        return { outcome: "taken" };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        if (isBusy(error)) return { outcome: "busy", retryAfterSeconds: retryAfterOf(error) };
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        const why = refusals[error.code ?? ""];
        return why ? { outcome: "refused", why, said: error.message } : { outcome: "closed", said: error.message };
      }
    },

    async cancelMinutes(identifier, attempt) {
      try {
        await ask((stripe) =>
          stripe.billing.meterEventAdjustments.create(
            { event_name: METER_EVENT, type: "cancel", cancel: { identifier } },
            { idempotencyKey: `caly-cancel-${identifier}-${attempt}` },
          ),
        );
        return "cancelled";
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        // Stripe documents no codes for these: the sentence is all there is to tell them by.
        if (error.code === "resource_missing" || error.statusCode === 404) return "unknown";
        if (/already (been )?cancel+ed/i.test(error.message)) return "cancelled";
        if (/24 hours/i.test(error.message)) return "too_late";
        throw error;
      }
    },

    giveCredit: (credit) => addItem(credit, -1),
    addCharge: (charge) => addItem(charge, 1),
    isMeterActive: async () => (await findActive()) !== undefined,

    async countedMinutes(asked) {
      const summaries = await readSummaries(asked);
      return summaries.reduce((sum, { aggregated_value }) => sum + aggregated_value, 0);
    },

    async countedByHour(asked) {
      const summaries = await readSummaries(asked, { value_grouping_window: "hour" });
      return summaries.map(({ start_time, aggregated_value }) => ({
        from: new Date(start_time * 1000),
        minutes: aggregated_value,
      }));
    },

    async readMeterErrors(eventRef) {
      const event = await ask((stripe) => stripe.v2.core.events.retrieve(eventRef));
      if (event.type !== "v1.billing.meter.error_report_triggered" && event.type !== "v1.billing.meter.no_meter_found")
        return [];
      return event.data.reason.error_types.flatMap(({ code, error_count, sample_errors }) => {
        const why = refusalOf(code);
        const told = sample_errors.map(({ error_message, request }) => ({
          why,
          identifier: request.identifier ?? null,
          said: error_message,
        }));
        const untold = Number(error_count) - told.length;
        const rest = { why, identifier: null, said: `${code}, ${untold} more of which Stripe names none` };
        return untold > 0 ? [...told, rest] : told;
      });
    },
  };
}

/** Asked too often, or another event of the customer's is being counted, or the same request is under way. */
const isBusy = (error: InstanceType<typeof Stripe.errors.StripeError>): boolean =>
  error.statusCode === 429 || error.statusCode === 409;

function retryAfterOf(error: InstanceType<typeof Stripe.errors.StripeError>): number | undefined {
  const seconds = Number(error.headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api#handle-meter-event-errors */
const refusalOf = (code: string): MeterRefusal =>
  code === "archived_meter" || code === "no_meter" ? "inactive" : (refusals[code] ?? "other");

const refusals: Record<string, MeterRefusal> = {
  meter_event_customer_not_found: "unknown_customer",
  meter_event_no_customer_defined: "unknown_customer",
  timestamp_too_far_in_past: "too_late",
  timestamp_in_future: "in_future",
  duplicate_meter_event: "duplicate",
};
