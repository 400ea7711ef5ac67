import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { consoleErrors } from "./console-errors";
import { enterDemo, offerTo } from "./demo";
import { seriousFaults } from "./serious-faults";
import { bookAs, chooseTime, freeDays, freshPhone, openDay, timeLinks } from "./visitor";

const sizes = [
  [390, 844],
  [1440, 900],
] as const;

let slug: string;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  slug = await enterDemo(page);
  await page.close();
});

/** Nothing to be scrolled sideways, and nothing axe objects to in either light. */
async function isSound(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(width, `${page.url()} is wider than the window`).toBeLessThanOrEqual(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
    expect.soft(await seriousFaults(page, colorScheme), `${page.url()} ${colorScheme}`).toEqual([]);
  }
}

for (const [width, height] of sizes) {
  test(`${width} px: a visitor books, moves and cancels, in their own zone with the business's beside`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    const errors = consoleErrors(page);
    await page.goto(`/book/${slug}`);
    await isSound(page);
    await page.getByRole("link", { name: "Haircut" }).click();
    await expect(page).toHaveURL(/zone=America%2FNew_York/);
    await expect(page.getByLabel("Times are shown in")).toHaveValue("America/New_York");
    await expect(page.getByText("The business is in Europe/London")).toBeVisible();
    await openDay(page, 1);
    await expect(timeLinks(page).first()).toContainText("London");
    await isSound(page);
    await page.getByRole("link", { name: "Ben Finch" }).click();
    await expect(page).toHaveURL(/staff=stf_/);
    await timeLinks(page).first().click();
    await expect(page.getByText("In Europe/London, where the business is")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Ben Finch");

    await page.getByRole("button", { name: "Book this time" }).click();
    await expect(page.getByText("Give your name.")).toBeVisible();
    await expect(page.getByLabel("Name")).toBeFocused();
    await page.getByLabel("Name").fill("Mary Jones");
    await page.getByLabel("Telephone").fill("12");
    await page.getByLabel("E-mail").fill("mary@example.test");
    await page.getByRole("button", { name: "Book this time" }).click();
    await expect(page.getByText("That is not a telephone number")).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue("mary@example.test");
    await isSound(page);
    const token = await bookAs(page, "Mary Jones");
    await expect(page.getByText("See you soon.")).toBeVisible();
    await expect(page.getByText("Where you are")).toBeVisible();
    await isSound(page);

    await page.goto(`/manage/${token}`);
    await page.getByRole("link", { name: "Move" }).click();
    await expect(page).toHaveURL(/zone=/);
    await openDay(page, 2);
    await isSound(page);
    const time = timeLinks(page).nth(1);
    const told = (await time.locator("span").first().textContent()) ?? "";
    await time.click();
    await expect(page.getByRole("heading", { name: "Move to this time?" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(told);
    await isSound(page);
    await page.getByRole("button", { name: "Move it" }).click();
    await expect(page.getByText("Moved. The old time is free again.")).toBeVisible();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { name: "Cancel this appointment?" })).toBeVisible();
    await isSound(page);
    await page.getByRole("button", { name: "Cancel the appointment" }).click();
    await expect(page.getByRole("heading", { name: "Your appointment is cancelled" })).toBeVisible();
    await isSound(page);
    expect(errors).toEqual([]);
    await context.close();
  });

  test(`${width} px, without scripts: the same, in the business's zone until another is chosen`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`/book/${slug}`);
    await page.getByRole("link", { name: "Haircut" }).click();
    await expect(page.getByText("That is the business's own zone.")).toBeVisible();
    await page.getByLabel("Times are shown in").selectOption("Asia/Tokyo");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText("its time stands beside yours")).toBeVisible();
    await openDay(page, 3);
    await timeLinks(page).first().click();
    await page.getByLabel("Telephone").fill("12");
    await page.getByLabel("Anything the business should know").fill("I come by train");
    await page.getByRole("button", { name: "Book this time" }).click();
    await expect(page.getByText("Give your name.")).toBeVisible();
    await expect(page.getByLabel("Anything the business should know")).toHaveValue("I come by train");
    const token = await bookAs(page, "Mary Jones");
    await page.getByRole("link", { name: "Move" }).click();
    await openDay(page, 4);
    await timeLinks(page).nth(1).click();
    await page.getByRole("button", { name: "Move it" }).click();
    await expect(page.getByText("Moved. The old time is free again.")).toBeVisible();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByLabel("Why, if you like").fill("Train is late");
    await page.getByRole("button", { name: "Cancel the appointment" }).click();
    await expect(page.getByRole("heading", { name: "Your appointment is cancelled" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/manage/${token}`);
    await context.close();
  });
}

test("who waits takes the offered time by the link of the letter, without scripts; it is offered no more", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext()).newPage();
  const ownSlug = await enterDemo(page);
  const address = `/offer/${await offerTo(page, ownSlug, "Wilma Waiting")}`;
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: "A time has become free" })).toBeVisible();
    await expect(page.getByText("It is kept for you until")).toBeVisible();
    await isSound(page);
    await page.getByRole("link", { name: "Let it go" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Let this time go?" })).toBeVisible();
    await isSound(page);
    await page.getByRole("link", { name: "Keep it" }).click();
  }
  await visitor.goto(address);
  await visitor.getByRole("button", { name: "Take this time" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "You are booked" })).toBeVisible();
  await expect(visitor.getByRole("main")).toContainText("Wilma Waiting");
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "You have taken this time" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Take this time" })).toHaveCount(0);
  await isSound(page);
  for (const unknown of ["a".repeat(43), address.slice(7, -1)]) {
    const response = await page.goto(`/offer/${unknown}`);
    expect([unknown, response?.status()]).toEqual([unknown, 404]);
  }
  await visitor.context().close();
  await page.context().close();
});

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let presses = 0; presses < 90; presses++) {
    if (await element.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached by Tab: ${element}`);
}

test("with the keyboard alone somebody books and cancels, and sees where they are", async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const enter = async (element: Locator) => {
    await tabTo(page, element);
    expect(await element.evaluate((each) => getComputedStyle(each).outlineStyle)).not.toBe("none");
    await page.keyboard.press("Enter");
  };
  await page.goto(`/book/${slug}`);
  await enter(page.getByRole("link", { name: /^Blow-dry/ }));
  await expect(page).toHaveURL(/zone=/);
  await enter(page.getByRole("link", { name: /^Month after/ }));
  await expect(page).toHaveURL(/month=/);
  await enter(freeDays(page).nth(6));
  await expect(page).toHaveURL(/date=/);
  await enter(timeLinks(page).nth(2));
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("Kay Board");
  await page.keyboard.press("Tab");
  await page.keyboard.type(freshPhone());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "You are booked" })).toBeVisible();
  await enter(page.getByRole("link", { name: "Cancel" }));
  await enter(page.getByRole("button", { name: "Cancel the appointment" }));
  await expect(page.getByRole("heading", { name: "Your appointment is cancelled" })).toBeVisible();
  await page.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`${javaScriptEnabled ? "with" : "without"} scripts: whoever is slower keeps what they typed and takes what is free instead`, async ({
    browser,
  }) => {
    test.setTimeout(90_000);
    const open = async (): Promise<[BrowserContext, Page]> => {
      const context = await browser.newContext({ javaScriptEnabled, timezoneId: "Europe/London" });
      return [context, await context.newPage()];
    };
    const [[one, first], [two, second]] = [await open(), await open()];
    await first.goto(`/book/${slug}/beard-trim`);
    await first.getByRole("link", { name: "Chloe Adeyemi" }).click();
    await expect(first).toHaveURL(/staff=/);
    await openDay(first, 7);
    await timeLinks(first).nth(1).click();
    await expect(first.getByRole("heading", { name: "Your details" })).toBeVisible();
    await second.goto(first.url());
    await second.getByLabel("Anything the business should know").fill("Slow typist");
    await bookAs(first, "Fast");
    await second.getByLabel("Name").fill("Slow");
    await second.getByLabel("Telephone").fill(freshPhone());
    await second.getByRole("button", { name: "Book this time" }).click();
    await expect(second.getByText("Somebody else was faster")).toBeVisible();
    await expect(second.getByLabel("Anything the business should know")).toHaveValue("Slow typist");
    await expect(second.getByRole("radio")).toHaveCount(3);
    await second.getByRole("button", { name: "Book this time" }).click();
    await expect(second.getByRole("heading", { name: "You are booked" })).toBeVisible();
    await one.close();
    await two.close();
  });
}

test("links change nothing by being looked at, give nothing away, and lead nowhere in one way", async ({
  page,
  request,
  baseURL,
}) => {
  await chooseTime(page, slug, { service: /^Blow-dry/, nth: 1 });
  const token = await bookAs(page, "Looked at");
  const address = `/manage/${token}`;
  for (const path of ["", "/move", "/cancel", "/calendar.ics", "/change", "?booked=1&moved=1&refused=x"]) {
    const answer = await request.get(address + path);
    expect([200, 405], path).toContain(answer.status());
    expect(answer.headers()["referrer-policy"], path).toBe("no-referrer");
    expect(answer.headers()["x-robots-tag"], path).toContain("noindex");
  }
  const file = await (await request.get(`${address}/calendar.ics`)).text();
  expect(file).toContain("BEGIN:VEVENT");
  expect(file).not.toContain(token);
  const change = (headers: Record<string, string>, form: Record<string, string> = { what: "cancel" }) =>
    request.post(`${address}/change`, { headers, form, maxRedirects: 0 });
  expect((await change({ origin: "https://evil.example" })).status()).toBe(403);
  expect((await change({ origin: "null" })).status()).toBe(403);
  expect((await change({ origin: baseURL ?? "" }, { what: "erase" })).status()).toBe(404);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "Your appointment" })).toBeVisible();
  const [unknown, broken] = [`/manage/${"a".repeat(43)}`, `${address.slice(0, -1)}`];
  const answers = await Promise.all([unknown, broken].map((path) => request.get(path)));
  expect(answers.map((each) => each.status())).toEqual([404, 404]);
  await page.goto(unknown);
  await expect(page.getByRole("heading", { name: "This link leads to no appointment" })).toBeVisible();
});

test("what no form of ours sends is answered with a reason, never with a fault", async ({ request, baseURL }) => {
  const url = `/book/${slug}/haircut/details?at=2026-01-01T00:00Z`;
  const origin = baseURL ?? "";
  const send = (headers: Record<string, string>, data: string) =>
    request.post(url, { headers, data, maxRedirects: 0 }).then((answer) => answer.status());
  const multipart = "multipart/form-data; boundary=x";
  expect(await send({ origin, "content-type": multipart }, "garbage")).toBe(400);
  expect(await send({ origin, "content-type": "multipart/form-data" }, "garbage")).toBe(400);
  expect(await send({ origin: "https://evil.example", "content-type": multipart }, "garbage")).toBe(403);
  expect(await send({ origin: "%%%", "content-type": multipart }, "garbage")).toBe(403);
  expect(await send({ origin, "content-type": multipart }, "a".repeat(1_100_000))).toBe(413);
  for (const path of [
    "/book/%00",
    "/book/%E0%A4%A",
    `/book/${"x".repeat(3000)}`,
    "/book/a/b/details",
    "/manage/%2e%2e",
  ])
    expect((await request.get(path)).status(), path).toBeLessThan(500);
});
