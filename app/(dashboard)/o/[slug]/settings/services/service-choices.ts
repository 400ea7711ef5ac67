import type { Context } from "@/lib/platform/context";
import { listLocations, listResources } from "@/lib/scheduling";
import type { Service } from "@/lib/scheduling/schemas";

/** What a service's form lets one choose from: what is in use, and what the service names already. */
export async function serviceChoices(ctx: Context, service: Service | null) {
  const [resources, places] = await Promise.all([
    listResources(ctx, { includeArchived: true }),
    listLocations(ctx, { includeArchived: true }),
  ]);
  const named = new Set([...(service?.pools.flat() ?? []), ...(service?.locationIds ?? [])]);
  const isChoice = (each: { id: string; active: boolean }) => each.active || named.has(each.id);
  return {
    resources: resources.filter(isChoice).map(({ id, name, active, locationId }) => ({
      id,
      name,
      help: active ? places.find((place) => place.id === locationId)?.name : "Archived",
    })),
    places: places.filter(isChoice).map(({ id, name }) => ({ id, name })),
  };
}
