import { z } from "zod";
import type { BillingEvent } from "@/lib/billing/ports";

const id = z.string().regex(/^\w{1,255}$/);
const kind = z.string().regex(/^[\w.]{1,200}$/);
/** What is named otherwise than Stripe names things is not named. */
const ref = z
  .union([z.string(), z.object({ id: z.string() }).transform((whole) => whole.id)])
  .nullish()
  .catch(null)
  .transform((told) => (told && /^[\w.-]{1,255}$/.test(told) ? told : null));

const fullEvent = z.object({
  object: z.literal("event"),
  id,
  type: kind,
  created: z.number().int().min(0).max(99_999_999_999),
  account: z.string().nullish(),
  data: z.object({ object: z.object({ object: z.string().nullish(), id: ref, customer: ref }) }),
});

const thinEvent = z.object({
  object: z.literal("v2.core.event"),
  id,
  type: kind,
  created: z.iso.datetime({ offset: true }),
  context: z.string().nullish(),
  related_object: z.object({ id: ref, type: z.string().nullish() }).nullish(),
});

/**
 * What a delivery names; undefined for what is no event. Thin events bear the version of what they notify of ("v1.invoice.paid"), which
 * is left out. `isOurs`: not of a connected account.
 */
export function readStripeEvent(body: unknown): (BillingEvent & { isOurs: boolean }) | undefined {
  const full = fullEvent.safeParse(body);
  if (full.success) {
    const { data, created, account, ...event } = full.data;
    const { object } = data;
    return {
      id: event.id,
      kind: event.type,
      objectRef: object.id,
      customerRef: object.object === "customer" ? object.id : object.customer,
      isThin: false,
      happenedAt: new Date(created * 1000),
      isOurs: !account,
    };
  }
  const thin = thinEvent.safeParse(body);
  if (!thin.success) return undefined;
  const { created, context, related_object: related, ...event } = thin.data;
  return {
    id: event.id,
    kind: event.type.replace(/^v\d+\./, ""),
    objectRef: related?.id ?? null,
    customerRef: related?.type === "customer" ? related.id : null,
    isThin: true,
    happenedAt: new Date(created),
    isOurs: !context,
  };
}
