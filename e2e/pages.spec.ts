import { type Browser, type BrowserContext, expect, type Page, type Request, test } from "@playwright/test";
import { consoleErrors } from "./console-errors";
import { bookWeekly, enterDemo, findIds, offerTo } from "./demo";
import { linkTo } from "./mailbox";
import { addressOf, pagePatterns } from "./page-list";
import { seriousFaults } from "./serious-faults";
import { bookAs, chooseTime } from "./visitor";

const KIB = 1024;
const BUDGET = { overview: 240 * KIB, other: 220 * KIB };
// Every page by itself: whoever is free takes the next.
test.describe.configure({ mode: "parallel" });
let state: Awaited<ReturnType<BrowserContext["storageState"]>>;
let ids: Record<string, string>;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext();
  const page = await context.newPage();
  const slug = await enterDemo(page);
  ids = {
    ...(await findIds(page, slug)),
    invite: await invite(page, slug),
    offer: await offerTo(page, slug, `Waiting ${Date.now()}`),
  };
  state = await context.storageState();
  await chooseTime(page, slug, { nth: 3 + test.info().parallelIndex });
  ids = { ...ids, book: slug, "[org]": "haircut", manage: await bookAs(page, "Somebody with a link") };
  await context.close();
});

for (const pattern of pagePatterns()) {
  test(`${pattern}: no console error, no serious accessibility fault in light and dark, JavaScript within budget`, async ({
    browser,
  }) => {
    test.setTimeout(90_000);
    if (pattern.includes("/series/[id]")) {
      const page = await asOwner(browser);
      ids.series = await bookWeekly(page, ids);
      await page.context().close();
    }
    const address = addressOf(pattern, ids);
    expect(address, `an address for ${pattern}`).toBeDefined();
    const isSignedIn = pattern.startsWith("/o") || pattern === "/sign-out";
    const context = await browser.newContext(isSignedIn ? { storageState: state } : {});
    const page = await context.newPage();
    const errors = consoleErrors(page);
    const script = await scriptBytes(page);
    const quiet = watchNetwork(page);
    const response = await page.goto(address ?? "/");
    expect(response?.status()).toBe(200);
    await quiet(200);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      expect.soft(await seriousFaults(page, colorScheme), colorScheme).toEqual([]);
    }
    // What comes late comes while the colours are looked at: as a rule nobody waits here.
    await quiet(800);
    expect
      .soft(script(), "bytes of JavaScript received")
      .toBeLessThanOrEqual(pattern === "/o/[slug]" ? BUDGET.overview : BUDGET.other);
    expect(errors).toEqual([]);
    await context.close();
  });
}

/** Invites somebody. Returns the token out of the letter. */
async function invite(page: Page, slug: string): Promise<string> {
  const email = `guest-${Date.now()}@example.test`;
  await page.goto(`/o/${slug}/settings/members`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(email).first()).toBeVisible();
  await page.goto("/dev/mailbox");
  return /^\/invite\/([^/]+)$/.exec(await linkTo(page, email, "invite"))?.[1] ?? "";
}

const asOwner = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ storageState: state })).newPage();

/** Counts what arrives of scripts on the wire, with a cold cache. */
async function scriptBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  let isCounting = true;
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script" || /javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (isCounting && scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return () => {
    isCounting = false;
    return bytes;
  };
}

/**
 * Tells when no request has begun or ended for `ms`. The stream of live events never ends and does not count. To be made before the page is
 * opened: what began earlier is not seen.
 */
function watchNetwork(page: Page): (ms: number) => Promise<void> {
  const open = new Set<Request>();
  let last = Date.now();
  page.on("request", (request) => {
    if (request.resourceType() === "eventsource") return;
    open.add(request);
    last = Date.now();
  });
  const closed = (request: Request) => {
    if (open.delete(request)) last = Date.now();
  };
  page.on("requestfinished", closed);
  page.on("requestfailed", closed);
  return (ms) =>
    expect.poll(() => open.size === 0 && Date.now() - last > ms, { timeout: 20_000, intervals: [50] }).toBe(true);
}
