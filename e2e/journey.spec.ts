import { expect, test } from "@playwright/test";
import { onboard } from "./business";
import { consoleErrors } from "./console-errors";

test("from nothing to a booking: sign in, onboard, a call one can watch, hear and find in the calendar", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const errors = consoleErrors(page);
  const { slug } = await onboard(page, "Harbour Salon");

  await page.getByRole("button", { name: "Place a test call" }).click();
  await page.waitForURL(/\/calls\/call_/);
  const callPath = new URL(page.url()).pathname;

  // Live: turns appear while it is talked, without a reload.
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  const transcript = page.getByRole("main").locator("[data-turn], li, article");
  await expect(page.getByText(/in progress|on the line|ringing|live/i).first()).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => transcript.count(), { timeout: 60_000 }).toBeGreaterThan(1);
  const early = await transcript.count();
  await expect.poll(() => transcript.count(), { timeout: 60_000 }).toBeGreaterThan(early);

  // Afterwards: the recording plays.
  const audio = page.locator("audio");
  await expect(audio).toBeAttached({ timeout: 150_000 });
  await expect
    .poll(() => audio.evaluate((element: HTMLAudioElement) => element.duration), { timeout: 20_000 })
    .toBeGreaterThan(5);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect
    .poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime), { timeout: 20_000 })
    .toBeGreaterThan(0.5);
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);

  // What was booked stands in the call, and in the calendar.
  const booked = page
    .getByRole("complementary")
    .getByRole("link")
    .and(page.locator('a[href*="/bookings/bkg_"]'))
    .first();
  await expect(booked).toBeVisible();
  const href = (await booked.getAttribute("href")) ?? "";
  await booked.click();
  await page.waitForURL(`**${href}`);
  const links = page.getByRole("main").locator(`a[href="${callPath}"]`);
  await expect(links.first(), "the booking leads back to its call").toBeVisible();

  await page.goto(`/o/${slug}/bookings?view=list`);
  await expect(page.getByRole("main").locator(`a[href="${href}"]`).first()).toBeVisible();
  await page.goto(`/o/${slug}/bookings`);
  const inCalendar = page.getByRole("main").locator(`a[href="${href}"]`);
  // What was booked on a Saturday is for a week that begins later.
  await expect(page.getByRole("link", { name: "Week after" })).toBeVisible();
  if ((await inCalendar.count()) === 0) await page.getByRole("link", { name: "Week after" }).click();
  await expect(inCalendar.first()).toBeVisible();
  expect(errors).toEqual([]);
});
