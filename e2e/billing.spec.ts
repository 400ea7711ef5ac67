import { expect, type Locator, type Page, test } from "@playwright/test";
import { onboard } from "./business";
import { consoleErrors } from "./console-errors";
import { passDays, ring } from "./emulators";

/** A subscription's life, in the order in which an owner lives it; what the payment provider does is the emulator's. */
test.describe.configure({ mode: "serial" });

let page: Page;
let slug: string;
let errors: string[];
let trialCallEnds: Date;
const billing = (end = "") => `/o/${slug}/billing${end}`;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(90_000);
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  errors = consoleErrors(page);
  ({ slug } = await onboard(page, "Billed Business"));
});

test.afterAll(() => page.context().close());

const used = (minutes: number) => page.getByText(new RegExp(`^Minutes: ${minutes} of`));
/** What happened at the provider is told to us a moment later. */
const soon = { timeout: 20_000 };

async function fillCard(number: string): Promise<void> {
  await page.getByLabel("Card number").fill(number);
}

/** The provider's own pages, by the button on ours. */
async function openPortal(): Promise<void> {
  await page.goto(billing());
  await page.getByRole("button", { name: "Card and address" }).click();
  await page.getByText("Update the card").waitFor();
}

async function leavePortal(): Promise<void> {
  await page.getByRole("link", { name: /^Return to/ }).click();
  await page.waitForURL(`**${billing()}`);
}

async function changeCard(number: string): Promise<void> {
  await openPortal();
  await page.getByText("Update the card").click();
  await fillCard(number);
  await page.getByRole("button", { name: "Save card" }).click();
  await leavePortal();
}

/** Every file that can be taken along, from wherever it is offered. */
async function takeAlong(within: Locator): Promise<void> {
  for (const name of ["every call as it was counted", "every line of every invoice", "every entry of the ledger"]) {
    const download = page.waitForEvent("download");
    await within.getByRole("link", { name }).click();
    expect((await download).suggestedFilename()).toContain(slug);
  }
}

/** Pays on the provider's page for a plan that was chosen. */
async function checkOut(): Promise<void> {
  await page.getByLabel("Email").fill("owner@example.test");
  await fillCard("4242424242424242");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL(`**${billing("?paid=1")}`);
  await expect(page.getByText("Active", { exact: true })).toBeVisible(soon);
  await expect(used(0)).toBeAttached();
}

/** Confirms what was previewed, and says what it was to cost. A call that is counted meanwhile makes it another price: then it is shown anew. */
async function changeTo(plan: string, button: RegExp): Promise<string> {
  let said = "";
  await expect(async () => {
    await page.goto(billing("/plans"));
    await page.getByRole("article").filter({ hasText: plan }).getByRole("link", { name: "See what changes" }).click();
    const confirm = page.getByRole("button", { name: button });
    said = button.exec((await confirm.textContent()) ?? "")?.[1] ?? "";
    await confirm.click();
    await page.waitForURL(`**${billing()}`, { timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: plan })).toBeVisible();
  return said;
}

/** What the newest call has become, as the list says it. */
const newestCall = () => page.getByRole("table").getByRole("row").nth(1);

/** The newest invoice: its total as the list says it. Leaves the page on it. */
async function openNewest(): Promise<string> {
  await page.goto(billing("/invoices"));
  const row = page.getByRole("table").getByRole("row").nth(1);
  const total = (await row.getByRole("cell").last().textContent()) ?? "";
  await row.getByRole("link").click();
  await page.waitForURL(/\/invoices\/ivc_/);
  return total;
}

test("a trial is free, and what is used of it grows while one looks on", async () => {
  await page.goto(billing());
  await expect(page.getByText("Trial", { exact: true })).toBeVisible();
  await expect(page.getByText("Test mode: no money moves.")).toBeVisible();
  await expect(used(0)).toBeAttached();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  trialCallEnds = await ring(slug, { minutes: 3 });
  await expect(used(3)).toBeAttached(soon);
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
  await page.goto(billing("/usage"));
  await expect(page.getByRole("region", { name: "Calls counted" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("region", { name: "Calls counted" }).getByRole("link").click();
  const cost = page.getByRole("region", { name: "Cost", exact: true });
  for (const row of [/^Telephony\$0\.\d{4}$/, /^Speech\$0/, /^Provider\$0/, "Caly, 3 minutes$0.00"])
    await expect(cost.locator("dl > div").filter({ hasText: row })).toBeVisible();
});

test("a plan is chosen and paid for; its invoice has its lines, its document and only its owner", async () => {
  await page.goto(billing("/plans"));
  await page.getByRole("button", { name: "Choose Starter" }).click();
  // What ends after the payment would be charged; Stripe counts in whole seconds.
  await expect.poll(() => Date.now() - trialCallEnds.getTime(), soon).toBeGreaterThan(1_000);
  await checkOut();
  expect(await openNewest()).toContain("97.00");
  await expect(page.getByText("Paid", { exact: true }).first()).toBeVisible();
  const pdf = await page.request.get(`${page.url()}/document?as=pdf`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
});

test("the provider's portal shows the card and leads back", async () => {
  await openPortal();
  await expect(page.getByText(/4242/).first()).toBeVisible();
  await leavePortal();
});

test("a change of plan costs what its preview said, to the cent", async () => {
  const said = await changeTo("Growth", /^Pay (\S+) and change to Growth$/);
  await expect(async () => {
    expect(await openNewest()).toBe(said);
  }).toPass(soon);
});

test("a card that is declined leaves a time of grace in which callers are booked in; paid, it is over", async () => {
  await changeCard("4000000000000341");
  await passDays(32);
  await page.goto(billing());
  await expect(page.getByText(/A payment failed. Calls are answered as ever until/)).toBeVisible(soon);
  await ring(slug, { scenario: "booking" });
  await page.goto(`/o/${slug}/calls`);
  await expect(newestCall()).toContainText("Booked", soon);
  await changeCard("4242424242424242");
  await openNewest();
  await page.getByRole("main").getByRole("link", { name: "Pay it" }).click();
  await fillCard("4242424242424242");
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await page.goto(billing());
  await expect(page.getByText("Active", { exact: true })).toBeVisible(soon);
  await expect(page.getByText(/A payment failed. Calls are answered/)).toHaveCount(0);
});

test("at the owner's own limit callers can leave a message; raised, everything goes on", async () => {
  test.setTimeout(120_000);
  // The smaller plan's minutes are used up sooner.
  await changeTo("Starter", /[Cc]hange to Starter$/);
  await page.getByLabel(/At most for minutes beyond the plan/).fill("3");
  await page.getByRole("button", { name: "Save limit" }).click();
  await expect(page.getByText("Saved. It holds from now on.")).toBeVisible();
  for (let n = 0; n < 21; n++) await ring(slug, { minutes: 15 });
  await expect(page.getByText(/Your spending limit is reached/)).toBeVisible(soon);
  await expect(used(315)).toBeAttached(soon);
  await page.getByLabel(/At most for minutes beyond the plan/).fill("");
  await page.getByRole("button", { name: "Save limit" }).click();
  await expect(page.getByText(/Your spending limit is reached/)).toHaveCount(0);
});

test("a cancelled plan says until when it works, can be kept, and lets everything be taken along", async () => {
  await page.getByRole("button", { name: "Cancel plan" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(/Everything works until/);
  await takeAlong(dialog);
  await dialog.getByRole("button", { name: "Cancel plan" }).click();
  await expect(page.getByText("Cancelled, still running")).toBeVisible();
  await page.getByRole("button", { name: "Keep the plan" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Cancel plan" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel plan" }).click();
  await expect(page.getByText("Cancelled, still running")).toBeVisible();
});

test("after its end callers can leave a message, everything can still be taken along, and a plan be chosen again", async () => {
  await passDays(32);
  await page.goto(billing());
  await expect(page.getByText("Ended", { exact: true }).first()).toBeVisible(soon);
  await ring(slug, { scenario: "message" });
  await page.goto(`/o/${slug}/calls`);
  await expect(newestCall()).toContainText("Message", soon);
  await newestCall().getByRole("link").first().click();
  await expect(page.getByText(/I can take a message/).first()).toBeVisible();
  await page.goto(billing());
  await takeAlong(page.getByRole("main"));
  await page.goto(billing("/plans"));
  await page.getByRole("button", { name: "Choose Starter" }).click();
  await checkOut();
  // A longer call that was placed later may stand below: calls are ordered by when they began.
  const booked = page.getByRole("row").filter({ hasText: "Booked" });
  await page.goto(`/o/${slug}/calls`);
  const before = await booked.count();
  await ring(slug, { scenario: "booking" });
  await expect(booked).toHaveCount(before + 1, soon);
  expect(errors).toEqual([]);
});
