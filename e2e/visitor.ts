import { expect, type Page } from "@playwright/test";

/** The telephone number of somebody new: every visitor is another contact. */
export const freshPhone = () => `+4420${String(7_000_0000 + Math.floor(Math.random() * 999_9999)).padStart(8, "0")}`;

/** Opens the details of the `nth` free time of a service, as a visitor finds it. */
export async function chooseTime(page: Page, slug: string, { service = /^Haircut/, nth = 0 } = {}): Promise<void> {
  await page.goto(`/book/${slug}`);
  await page.getByRole("link", { name: service }).click();
  await expect(page.getByRole("heading", { level: 1, name: service })).toBeVisible();
  await timeLinks(page).nth(nth).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your details" })).toBeVisible();
}

export const timeLinks = (page: Page) => page.locator("#times").getByRole("link");
export const freeDays = (page: Page) => page.getByRole("table").getByRole("link", { name: /, \d+ free$/ });

/** Fills in the form and books; leaves the page on the confirmation. Returns the link's token. */
export async function bookAs(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Telephone").fill(freshPhone());
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are booked" })).toBeVisible();
  return /\/manage\/([\w-]{43})/.exec(page.url())?.[1] ?? "";
}
