/** Cookie with the address of the organisation visited last; a convenience of `/o`, worth nothing without the membership. */
export const LAST_ORGANIZATION = "caly_last_org";

/** The organisation a path is of; undefined for pages of none. */
export function organizationOfPath(path: string): string | undefined {
  const slug = /^\/o\/([a-z0-9-]{1,63})(?:\/|$)/.exec(path)?.[1];
  return slug === "new" ? undefined : slug;
}
