import { expect, type Page } from "@playwright/test";

/** The telephone number of somebody new: every visitor is another contact. */
export const freshPhone = () => `+4420${String(7_000_0000 + Math.floor(Math.random() * 999_9999)).padStart(8, "0")}`;

/**
 * Turns to the month after and opens its `nth` free day: there are enough whatever the date is, and no demo call books there meanwhile.
 */
export async function openDay(page: Page, nth: number): Promise<void> {
  const before = (await page.locator("#month").textContent()) ?? "";
  await page.getByRole("link", { name: /^Month after/ }).click();
  await expect(page.locator("#month")).not.toHaveText(before);
  const day = freeDays(page).nth(nth);
  const date = /date=([\d-]+)/.exec((await day.getAttribute("href")) ?? "")?.[1] ?? "";
  await day.click();
  await expect(page).toHaveURL(new RegExp(`date=${date}`));
  await expect(page.getByRole("table").locator("[aria-current=date]")).toHaveAttribute("href", new RegExp(date));
}

/** Opens the details of the `nth` free time of a day of next month, as a visitor finds it. */
export async function chooseTime(page: Page, slug: string, { service = /^Haircut/, nth = 0 } = {}): Promise<void> {
  await page.goto(`/book/${slug}`);
  await page.getByRole("link", { name: service }).click();
  await expect(page.getByRole("heading", { level: 1, name: service })).toBeVisible();
  await openDay(page, 5);
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
