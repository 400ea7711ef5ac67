import { expect, type Page } from "@playwright/test";
import { linkTo } from "./mailbox";

/** Enters the demo by its button. Returns its slug. */
export async function enterDemo(page: Page): Promise<string> {
  await page.goto("/demo");
  await page.getByRole("button", { name: "Open the demo" }).click();
  await page.waitForURL(/\/o\/[^/]+/);
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}

/** One id of each kind of thing an organisation has, keyed by the folder its page lies in. */
export async function findIds(page: Page, slug: string): Promise<Record<string, string>> {
  // Not an id: the vendor whose page of consent is asked for.
  const ids: Record<string, string> = { slug, connect: "google" };
  const from: Record<string, string> = {
    calls: `/o/${slug}/calls`,
    views: `/o/${slug}/calls?outcome=message`,
    bookings: `/o/${slug}/bookings?view=list`,
    contacts: `/o/${slug}/contacts`,
    agents: `/o/${slug}/agents`,
    connections: `/o/${slug}/settings/connections`,
    services: `/o/${slug}/settings/services`,
    staff: `/o/${slug}/settings/staff`,
    places: `/o/${slug}/settings/places`,
    resources: `/o/${slug}/settings/resources`,
    invoices: `/o/${slug}/billing/invoices`,
  };
  for (const [kind, address] of Object.entries(from)) {
    await expect(async () => {
      await page.goto(address);
      const link = page.locator(`main a[href*="/${kind}/"]`);
      const hrefs = await link.evaluateAll((links) => links.map((one) => one.getAttribute("href") ?? ""));
      const id = hrefs.map((href) => new RegExp(`/${kind}/([a-z]+_[0-9a-z]{20,})`).exec(href)?.[1]).find(Boolean);
      expect(id, `a link to one of ${kind} on ${address}`).toBeTruthy();
      ids[kind] = id ?? "";
    }).toPass({ timeout: 30_000 });
  }
  return ids;
}

/** Puts somebody on the waiting list, called as nobody else there is, and offers them a time. Returns the token out of the letter. */
export async function offerTo(page: Page, slug: string, name: string): Promise<string> {
  await page.goto(`/o/${slug}/bookings/waitlist`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Service", { exact: true }).selectOption({ index: 1 });
  const email = `waits-${Date.now()}@example.test`;
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Add to the list" }).click();
  await page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Offer now" }).click();
  await page.getByRole("button", { name: "Offer it" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("told by e-mail");
  await page.goto("/dev/mailbox");
  return /^\/offer\/([\w-]{43})$/.exec(await linkTo(page, email, "offer"))?.[1] ?? "";
}

/** Books three weeks by hand, or as many of them as are free. Returns the series' id. */
export async function bookWeekly(
  page: Page,
  { slug = "", services = "", staff = "" }: Record<string, string>,
): Promise<string> {
  await page.goto(`/o/${slug}/bookings/new?${new URLSearchParams({ service: services, staff })}`);
  await page.locator("input[name=slot]").first().check({ force: true });
  await page.getByLabel("Name", { exact: true }).fill("Somebody Weekly");
  await page.getByLabel("Repeats by").selectOption("weekly");
  await page.getByLabel("How many times").fill("3");
  await page.getByRole("button", { name: "Book", exact: true }).click();
  const someAreFree = page.getByRole("button", { name: /^Book the \d+ that are free$/ });
  const booked = page.waitForURL(/\/bookings\/series\/srs_/);
  await Promise.race([booked, someAreFree.waitFor().then(() => someAreFree.click())]);
  await booked;
  await expect(page.getByText(/^Booked: \d dates\.$/)).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  return id;
}
