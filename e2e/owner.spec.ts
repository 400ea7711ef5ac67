import { expect, type Page, test } from "@playwright/test";
import { onboard } from "./business";
import { bookWeekly } from "./demo";

/** One business, set up once; each journey goes on where the one before it has ended. */
test.describe.configure({ mode: "serial" });

let page: Page;
let base: string;
let ids: { slug: string; services: string; staff: string };

test.beforeAll(async ({ browser }) => {
  test.setTimeout(90_000);
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const { slug } = await onboard(page, "Owned Screens");
  base = `/o/${slug}`;
  ids = { slug, services: await firstId("services", "svc"), staff: await firstId("staff", "stf") };
});

test.afterAll(() => page.context().close());

async function firstId(part: string, prefix: string): Promise<string> {
  await page.goto(`${base}/settings/${part}`);
  const link = page.locator(`main a[href*="/${part}/${prefix}_"]`).first();
  return ((await link.getAttribute("href")) ?? "").split("/").at(-1) ?? "";
}

const confirm = (name: string | RegExp) => page.getByRole("alertdialog").getByRole("button", { name }).click();

/** Books the first free time with the person by hand; leaves the page on the booking. Returns its date. */
async function bookByHand(name: string): Promise<string> {
  await page.goto(`${base}/bookings/new?${new URLSearchParams({ service: ids.services, staff: ids.staff })}`);
  await page.locator("input[name=slot]").first().check({ force: true });
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail").fill("by-hand@example.test");
  await page.getByRole("button", { name: "Book", exact: true }).click();
  await page.waitForURL(/\/bookings\/bkg_/);
  await expect(page.getByRole("link", { name: "by-hand@example.test" })).toBeVisible();
  const day = await page.getByRole("link", { name: "Bookings of that day" }).getAttribute("href");
  return /date=([\d-]+)/.exec(day ?? "")?.[1] ?? "";
}

test("a series: one of its bookings is moved, one and those that follow are cancelled", async () => {
  const series = `${base}/bookings/series/${await bookWeekly(page, ids)}`;
  const dates = page.getByRole("region", { name: "Dates of the series" }).getByRole("link");
  await expect(dates).toHaveCount(3);
  const before = await dates.first().textContent();
  await dates.first().click();
  await page.getByRole("link", { name: "Move", exact: true }).click();
  await expect(page.getByLabel("Which bookings of the series")).toHaveValue("one");
  await page.locator("input[name=slot]").nth(3).check({ force: true });
  await page.getByRole("button", { name: "Move booking" }).click();
  await expect(page.getByText("Moved. The old time is free again.")).toBeVisible();
  await page.goto(series);
  await expect(dates.first()).not.toHaveText(before ?? "");
  await dates.nth(1).click();
  await page.getByRole("button", { name: "Cancel this and those that follow" }).click();
  await confirm("Cancel 2");
  await expect(page.getByText("1 of 3 bookings to come")).toBeVisible();
  await page.goto(series);
  await expect(page.getByRole("region", { name: "Dates of the series" }).getByText("Cancelled")).toHaveCount(2);
});

test("somebody waits, is offered what is free, and has it", async () => {
  await page.goto(`${base}/bookings/waitlist`);
  await page.getByLabel("Name").fill("Wanda Waits");
  await page.getByLabel("Service").selectOption(ids.services);
  await page.getByRole("button", { name: "Add to the list" }).click();
  await expect(page.getByRole("list", { name: "Who waits" }).getByText("Wanda Waits")).toBeVisible();
  await page.getByRole("button", { name: "Offer now" }).click();
  await confirm("Offer it");
  await expect(page.getByText(/kept until/)).toBeVisible();
  await page.getByRole("button", { name: "Book it" }).click();
  await confirm("Book it");
  await expect(page.getByText("Nobody waits")).toBeVisible();
  await page.goto(`${base}/bookings?view=list`);
  await expect(page.getByRole("cell", { name: "Wanda Waits" })).toBeVisible();
});

test("a room that a service needs is taken by one booking; the second is refused, and told why", async () => {
  await page.goto(`${base}/settings/resources`);
  await page.getByRole("link", { name: "Add a room or a machine" }).click();
  await page.getByLabel("Name").fill("Treatment room");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.waitForURL(/\/resources\/res_/);
  const room = page.url().split("?")[0] ?? "";
  await page.goto(`${base}/settings/services/${ids.services}`);
  await page.getByLabel("Treatment room").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. Calls from now on use it.")).toBeVisible();
  await page.goto(`${base}/settings/staff/new`);
  await page.getByLabel("Name").fill("Second Person");
  await page.getByRole("button", { name: "Add person" }).click();
  await page.waitForURL(/\/staff\/stf_/);
  const second = /stf_\w+/.exec(page.url())?.[0] ?? "";
  const date = await bookByHand("Rhoda Room");
  await expect(page.getByRole("main")).toContainText("Treatment room");
  const asked = new URLSearchParams({ service: ids.services, staff: second, date });
  await page.goto(`${base}/settings/availability?${asked}`);
  await expect(page.getByText("No room or machine").first()).toBeVisible();
  await expect(page.getByText(/Treatment room is in use/).first()).toBeVisible();
  await page.goto(room);
  await page.getByRole("button", { name: "Archive" }).click();
  await confirm("Archive");
  await expect(page.getByRole("alertdialog")).toContainText("cannot be done without it");
});

test("a late cancellation costs what the policy says, and is waived for a reason", async () => {
  await page.goto(`${base}/settings/cancellation`);
  await page.getByLabel("Less than").first().fill("8000");
  await page.getByLabel("How much").first().fill("50");
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Saved. It holds from now on.")).toBeVisible();
  await bookByHand("Lara Late");
  await page.getByRole("button", { name: "Cancel booking" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(/Cancelling now costs .*\d/);
  await dialog.getByLabel("Waive the fee").check();
  await confirm("Cancel booking");
  await expect(dialog.getByRole("status")).not.toBeEmpty();
  await dialog.getByLabel("Why").fill("Her train stood still");
  await confirm("Cancel booking");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main")).toContainText("Her train stood still");
  await expect(page.getByText("Owed")).toHaveCount(0);
});
