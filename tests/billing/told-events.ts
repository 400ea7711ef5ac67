import type { Engine } from "./stripe-life";

/** The events Stripe has told of since the last time, oldest first, as their deliveries' bodies. */
export function toldEvents({ stripe }: Pick<Engine, "stripe">) {
  let last: string | undefined;
  return async (): Promise<Record<string, unknown>[]> => {
    const found: Record<string, unknown>[] = [];
    if (last === undefined) {
      const all = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
      found.push(...(all.reverse() as unknown as Record<string, unknown>[]));
    } else
      for (let more = true; more; ) {
        const page = await stripe.events.list({ limit: 100, ending_before: last });
        found.push(...([...page.data].reverse() as unknown as Record<string, unknown>[]));
        last = page.data[0]?.id ?? last;
        more = page.has_more;
      }
    last = String(found.at(-1)?.id ?? last ?? "");
    return found;
  };
}
