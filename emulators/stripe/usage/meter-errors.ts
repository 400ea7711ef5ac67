import { recordThinEvent } from "../events/record-event";
import type { Books } from "../state/books";
import type { World } from "../world";

interface MeterError {
  code: string;
  message: string;
  identifier: string;
  at: number;
}

const waiting = new WeakMap<World, Map<string, { books: Books; meter: string | undefined; errors: MeterError[] }>>();
const sampled = 20;

/** Gathered for a moment, then told in one thin event for each meter. */
export function tellMeterError(world: World, books: Books, meter: string | undefined, error: MeterError): void {
  const batches = waiting.get(world) ?? new Map();
  waiting.set(world, batches);
  const key = `${books.account} ${meter ?? ""}`;
  const batch = batches.get(key);
  if (batch) {
    batch.errors.push(error);
    return;
  }
  batches.set(key, { books, meter, errors: [error] });
  setTimeout(() => flushMeterErrors(world), world.settings.meterErrorDelayMs).unref();
}

export function flushMeterErrors(world: World): void {
  const batches = [...(waiting.get(world)?.values() ?? [])];
  waiting.get(world)?.clear();
  const cause = world.cause;
  world.cause = undefined;
  for (const { books, meter, errors } of batches) report(world, books, meter, errors);
  world.cause = cause;
}

function report(world: World, books: Books, meter: string | undefined, errors: MeterError[]): void {
  const codes = [...new Set(errors.map(({ code }) => code))];
  const times = errors.map(({ at }) => at);
  const created = Math.max(...times);
  const data = {
    developer_message_summary: `There ${errors.length === 1 ? "is 1 invalid event" : `are ${errors.length} invalid events`}`,
    reason: {
      error_count: errors.length,
      error_types: codes.map((code) => {
        const of = errors.filter((error) => error.code === code);
        const samples = of.slice(0, sampled).map(({ message, identifier }) => ({
          error_message: message,
          request: { identifier },
        }));
        return { code, error_count: of.length, sample_errors: samples };
      }),
    },
    validation_start: new Date(Math.min(...times) * 1000).toISOString(),
    validation_end: new Date((created + 1) * 1000).toISOString(),
  };
  const related = meter ? { id: meter, type: "billing.meter", url: `/v1/billing/meters/${meter}` } : null;
  const type = meter ? "v1.billing.meter.error_report_triggered" : "v1.billing.meter.no_meter_found";
  recordThinEvent(world, books, type, { created, related, data });
}
