import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { sayMoney, sayPolicy } from "@/lib/scheduling";
import type { Business } from "./rules/prompt";

type Loaded = {
  name: string;
  time_zone: string;
  currency: string;
  transfer_number: string | null;
  services: { name: string; minutes: number; cents: number | null; description: string }[];
  hours: { weekday: number; from: number; to: number }[];
  staff: string[];
  cancellation: Parameters<typeof sayPolicy>[0] | null;
};

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** What an agent is told of the business when a call comes in; one statement, because the caller is waiting. */
export async function loadBusiness(ctx: Context): Promise<Business> {
  authorise(ctx, "read");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select o.name, o.time_zone, o.currency, o.transfer_number,
        coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'minutes', s.duration_minutes, 'cents', s.price_cents,
          'description', s.description) order by s.position, s.id) from services s where s.org_id = o.id and s.active), '[]'::jsonb) as services,
        coalesce((select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'from', h.start_minute, 'to', h.end_minute)
          order by (h.weekday + 6) % 7, h.start_minute) from weekly_hours h where h.org_id = o.id and h.staff_id is null and h.location_id is null), '[]'::jsonb) as hours,
        coalesce((select jsonb_agg(p.name order by p.position, p.id) from staff p where p.org_id = o.id and p.active), '[]'::jsonb) as staff,
        (select jsonb_build_object('windows', c.windows, 'coversMoves', c.covers_moves) from cancellation_policies c
          where c.org_id = o.id and c.service_id is null) as cancellation
      from organizations o where o.id = ${ctx.orgId}`),
  );
  const org = rows[0] as Loaded;
  const money = (cents: number) => sayMoney(cents, org.currency);
  return {
    name: org.name,
    timeZone: org.time_zone,
    hours: org.hours.map((span) => `${days[span.weekday]} ${clock(span.from)}–${clock(span.to)}`),
    services: org.services.slice(0, 60).map((service) => ({
      name: service.name,
      durationMinutes: service.minutes,
      price: service.cents === null ? undefined : money(service.cents),
      description: service.description.slice(0, 200),
    })),
    staff: org.staff.slice(0, 60),
    cancellation: org.cancellation ? [sayPolicy(org.cancellation, money)] : [],
    canTransfer: org.transfer_number !== null,
  };
}
