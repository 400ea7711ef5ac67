import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { listResources } from "./list-resources";
import { listServices } from "./list-services";
import { listStaff } from "./list-staff";
import { sayList } from "./rules/speak";

const refuse = (message: string) => {
  throw invalid([{ path: "active", message }]);
};

/** A place that closes for good while people work there would silently make them unbookable. */
export async function refusePlaceInUse(ctx: Context, locationId: string): Promise<void> {
  const people = (await listStaff(ctx)).filter((person) => person.locationId === locationId);
  if (people.length > 0)
    refuse(`${names(people)} ${people.length > 1 ? "work" : "works"} here: give them another place first.`);
  const only = (await listServices(ctx)).filter(
    ({ locationIds }) => locationIds.length === 1 && locationIds[0] === locationId,
  );
  if (only.length > 0) refuse(`${names(only)} can be had only here: change where first.`);
}

/** A service keeps something to do it with. */
export async function refuseResourceInUse(ctx: Context, resourceId: string): Promise<void> {
  const usable = new Set((await listResources(ctx)).map((each) => each.id));
  usable.delete(resourceId);
  const left = (await listServices(ctx)).filter(({ pools }) =>
    pools.some((pool) => pool.includes(resourceId) && !pool.some((id) => usable.has(id))),
  );
  if (left.length > 0) refuse(`${names(left)} cannot be done without it: change what it needs first.`);
}

const names = (all: readonly { name: string }[]) =>
  sayList(all.length > 3 ? [...all.slice(0, 3).map(nameOf), `${all.length - 3} more`] : all.map(nameOf), "and");
const nameOf = ({ name }: { name: string }) => name;
