/** Whose availability an audit row speaks of. */
export const subjectOf = (
  orgId: string,
  { staffId, locationId }: { staffId: string | null; locationId: string | null },
): { kind: string; id: string } =>
  staffId !== null
    ? { kind: "staff", id: staffId }
    : locationId !== null
      ? { kind: "location", id: locationId }
      : { kind: "organization", id: orgId };
