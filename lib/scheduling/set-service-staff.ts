import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { getService } from "./list-services";
import { listStaff } from "./list-staff";
import { type ServiceStaffInput, serviceStaffInput } from "./schemas";
import { updateStaff } from "./update-staff";

/**
 * Who does a service, seen from the service: each person's own length for it and share of its bookings. People whose part does not change
 * are left alone. Archived people keep what they had. Throws `not_found`.
 */
export async function setServiceStaff(ctx: Context, input: ServiceStaffInput): Promise<void> {
  authorise(ctx, "scheduling.configure");
  const { serviceId, people } = parse(serviceStaffInput, input);
  await inTenant(ctx, async (_tx, joined) => {
    await getService(joined, serviceId);
    const active = await listStaff(joined);
    if (people.some(({ staffId }) => !active.some((person) => person.id === staffId)))
      throw invalid([{ path: "people", message: "One of these people does not exist." }]);
    for (const person of active) {
      const wanted = people.find(({ staffId }) => staffId === person.id);
      const others = person.serviceIds.filter((id) => id !== serviceId);
      const otherTerms = person.terms.filter((each) => each.serviceId !== serviceId);
      await updateStaff(joined, {
        staffId: person.id,
        serviceIds: wanted ? [...others, serviceId] : others,
        terms: wanted
          ? [...otherTerms, { serviceId, durationMinutes: wanted.durationMinutes, weight: wanted.weight }]
          : otherTerms,
      });
    }
  });
}
