type Place = { id: string; timeZone: string };

/** On whose wall clock a service is done: that of the place it is at, or of all its places if they agree, else the business's. */
export function clockOf(places: readonly Place[], placeId: string | null | undefined, businessZone: string): string {
  const [first, ...others] = placeId ? places.filter((each) => each.id === placeId) : places;
  return first && others.every((each) => each.timeZone === first.timeZone) ? first.timeZone : businessZone;
}
