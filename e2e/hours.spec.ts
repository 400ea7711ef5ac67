import { expect, type Page, test } from "@playwright/test";
import { onboard } from "./business";

const start = (page: Page, slug: string) => page.goto(`/o/${slug}/settings/hours`);
const block = (page: Page, label: string) => page.getByRole("button", { name: label, exact: true });

test("hours of a week are drawn, dragged, moved by keys, copied and kept", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 1400 });
  const { slug } = await onboard(page, "Drawn Hours");
  await start(page, slug);
  const sunday = page.getByRole("list", { name: "Sunday", exact: true });
  const box = await sunday.boundingBox();
  if (!box) throw new Error("no Sunday to draw on");
  const at = (hour: number) => box.y + (hour / 24) * box.height;
  const x = box.x + box.width / 2;
  await page.mouse.move(x, at(9) + 1);
  await page.mouse.down();
  await page.mouse.move(x, at(11));
  await page.mouse.move(x, at(12));
  await page.mouse.up();
  await expect(block(page, "Sunday 09:00–12:00")).toBeVisible();
  await expect(page.getByLabel("Sunday, from")).toHaveValue("09:00");

  await page.mouse.move(x, at(10));
  await page.mouse.down();
  await page.mouse.move(x, at(12), { steps: 4 });
  await page.mouse.up();
  await expect(block(page, "Sunday 11:00–14:00")).toBeVisible();

  await page.mouse.move(x, at(14) - 2);
  await page.mouse.down();
  await page.mouse.move(x, at(16), { steps: 4 });
  await page.mouse.up();
  await expect(block(page, "Sunday 11:00–16:00")).toBeVisible();

  await block(page, "Sunday 11:00–16:00").focus();
  await page.keyboard.press("ArrowUp");
  await expect(block(page, "Sunday 10:45–15:45")).toBeFocused();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(block(page, "Sunday 10:30–16:00")).toBeFocused();

  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Saved. Times that are offered")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Sunday, from")).toHaveValue("10:30");
  await block(page, "Sunday 10:30–16:00").focus();
  await page.keyboard.press("Delete");
  await expect(page.getByLabel("Sunday, from")).toHaveCount(0);
});

test("dates are closed on a month, and the test of availability names the rule that decides", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const { slug } = await onboard(page, "Closed Dates");
  await start(page, slug);
  await page.getByRole("link", { name: "Month after" }).click();
  await page.waitForURL(/month=/);
  const day = page.locator("main table a").nth(9);
  const address = (await day.getAttribute("href")) ?? "";
  const date = /date=([\d-]+)/.exec(address)?.[1] ?? "";
  await day.click();
  await expect(page.getByLabel("Date", { exact: true })).toHaveValue(date);
  await page.getByLabel("Reason").fill("Inventory");
  await page.getByRole("button", { name: "Add date" }).click();
  await expect(page.getByRole("link", { name: /Closed.*Inventory/ })).toBeVisible();

  const scriptless = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await scriptless.newPage();
  await plain.goto(new URL(`/o/${slug}/settings/availability?date=${date}`, page.url()).href);
  await expect(plain.getByText("Nothing is offered on this day.")).toBeVisible();
  await expect(plain.getByText("(Inventory)").first()).toBeVisible();
  await plain.goto(new URL(address, page.url()).href);
  await expect(plain.getByRole("button", { name: "Save date" })).toBeVisible();
  await scriptless.close();
});
