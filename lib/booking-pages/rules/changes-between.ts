type Page = {
  isOn: boolean;
  isListed: boolean;
  slug: string | null;
  welcome: string;
  afterBooking: string;
  phone: string | null;
  services: readonly { name: string; isOn: boolean }[];
};

/** What an audit row says of two states of a page: each field that differs, and the services that came or went by name. */
export function changesBetween(before: Page, after: Page): Record<string, unknown> {
  const fields = ["isOn", "isListed", "slug", "welcome", "afterBooking", "phone"] as const;
  const changed = fields
    .filter((field) => before[field] !== after[field])
    .map((field) => [field === "slug" ? "address" : field, { from: before[field], to: after[field] }] as const);
  const namesOf = (page: Page) => page.services.filter((service) => service.isOn).map((service) => service.name);
  const [from, to] = [namesOf(before), namesOf(after)];
  return {
    ...Object.fromEntries(changed),
    ...(from.join("\n") === to.join("\n") ? {} : { services: { from, to } }),
  };
}
