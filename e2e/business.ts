import { expect, type Page } from "@playwright/test";
import { signIn } from "./sign-in";

let serial = 0;

export const freshEmail = () => `owner-${Date.now().toString(36)}-${++serial}@example.test`;

/** A new person with a new organisation, onboarded up to the test call. Returns the organisation's slug. */
export async function onboard(
  page: Page,
  name: string,
  email = freshEmail(),
): Promise<{ slug: string; email: string }> {
  await signIn(page, email);
  await page.waitForURL("**/o/new");
  await page.getByLabel("Name of the business").fill(name);
  await page.getByLabel("Trade").selectOption("salon");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL("**/onboarding**");
  const slug = new URL(page.url()).pathname.split("/")[2] ?? "";
  await expect(stepOf(page, "Hours and services")).toBeVisible();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(stepOf(page, "How callers reach you")).toBeVisible();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(stepOf(page, "Place a test call")).toBeVisible();
  return { slug, email };
}

const stepOf = (page: Page, title: string) =>
  page.locator("li[aria-current=step]", { has: page.getByRole("heading", { name: title }) });
