import { expect, type Page, test } from "@playwright/test";
import { readRuntime } from "../scripts/server/runtime-file";
import { onboard } from "./business";
import { consoleErrors } from "./console-errors";

type There = { title: string; start: string; isCancelled: boolean };

/** The stand-in for Google that runs beside the server, as its owner would use it. */
function googleOf(page: Page) {
  const url = readRuntime(process.env.E2E_DATA_DIR ?? "")?.emulators.googleCalendar;
  if (!url) throw new Error("the Google emulator does not run");
  return async <T>(method: string, path: string, data?: object): Promise<T> => {
    const answer = await page.request.fetch(`${url}/_emulator${path}`, { method, ...(data ? { data } : {}) });
    expect(answer.ok(), `${method} ${path}`).toBe(true);
    return (await answer.json()) as T;
  };
}

const offered = (page: Page) => page.locator("label:has(input[name=slot]) .tabular").allTextContents();

test("what stands in somebody's Google calendar is not offered, and a booking stands there", async ({ page }) => {
  test.setTimeout(120_000);
  const errors = consoleErrors(page);
  const { slug } = await onboard(page, "Quiet Salon");
  const google = googleOf(page);
  await page.goto(`/o/${slug}/settings/calendars`);
  const zone = /Times in ([\w/+-]+)\./.exec((await page.getByRole("main").textContent()) ?? "")?.[1];
  const email = `owner-${Date.now().toString(36)}@quiet.example`;
  const account = await google<{ id: string }>("POST", "/accounts", { email, name: "Owner", zone });

  // Connect: consent is given on the vendor's page.
  const connect = page.getByRole("link", { name: /^Connect a calendar of / }).first();
  const person = ((await connect.getAttribute("aria-label")) ?? "").replace("Connect a calendar of ", "");
  await connect.click();
  await page.getByRole("link", { name: "Connect the Google emulator" }).click();
  await page.getByRole("button", { name: `Allow as ${email}` }).click();
  await page.waitForURL(/\/settings\/calendars\?connected=/);
  await expect(page.getByText("Connected just now")).toBeVisible();
  await expect(page.getByText("Up to date").first()).toBeVisible({ timeout: 30_000 });

  // What is made there is pushed here, and not offered from then on.
  await page.goto(`/o/${slug}/bookings/new`);
  await page.getByLabel("Service").selectOption({ index: 1 });
  await page.waitForURL(/service=/);
  await page.getByLabel("With").first().selectOption({ label: person });
  await page.waitForURL(/staff=[a-z]/);
  await expect.poll(async () => (await offered(page)).length).toBeGreaterThan(3);
  const before = await offered(page);
  const date = await page.locator("input[name=date]").last().inputValue();
  const [first, last] = [before[0] ?? "", before.at(-1) ?? ""];
  const end = new Date(Date.parse(`${date}T${first}:00Z`) + 5 * 60_000).toISOString().slice(0, 16);
  await google("POST", `/accounts/${account.id}/events`, { title: "Dentist", start: `${date}T${first}`, end });
  const address = `/o/${slug}/bookings/new?${new URL(page.url()).searchParams}&date=${date}`;
  await expect
    .poll(async () => (await page.goto(address)) && (await offered(page)).includes(first), { timeout: 30_000 })
    .toBe(false);
  expect(await offered(page)).toContain(last);

  // What is booked here is written there.
  await page.locator("label:has(input[name=slot])", { hasText: last }).click();
  await page.getByLabel("Name", { exact: true }).fill("Mia");
  await page.getByRole("button", { name: "Book", exact: true }).click();
  await page.waitForURL(/\/bookings\/(?!new)|\/bookings\?/);
  const events = () => google<There[]>("GET", `/accounts/${account.id}/events`);
  await expect.poll(async () => (await events()).length, { timeout: 30_000 }).toBe(2);
  expect((await events()).map((event) => event.title)).not.toContain("Mia");

  // Disconnected, the time can be had again.
  await page.goto(`/o/${slug}/settings/calendars`);
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByText(email)).toHaveCount(0);
  await page.goto(address);
  expect(await offered(page)).toContain(first);
  expect(errors).toEqual([]);
});

test("a consent that is refused connects nothing, and says so", async ({ page }) => {
  const { slug } = await onboard(page, "Shy Salon");
  await page.goto(`/o/${slug}/settings/calendars`);
  await page
    .getByRole("link", { name: /^Connect a calendar of / })
    .first()
    .click();
  await page.getByRole("link", { name: "Connect the Microsoft 365 emulator" }).click();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByText("Nothing was connected.")).toBeVisible();
});
