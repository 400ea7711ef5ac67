/** Whether an address was made from this part of a name: "haircut", "haircut-2" and "haircut-4f09ac" from "haircut". */
export const followsName = (slug: string, base: string): boolean =>
  slug === base || (slug.startsWith(`${base}-`) && /^(\d|[0-9a-f]{6})$/.test(slug.slice(base.length + 1)));
