import { type APIRequestContext, type BrowserContext, expect, type Request, test } from "@playwright/test";
import { onboard } from "./business";
import { bookWeekly, enterDemo, findIds } from "./demo";
import { addressOf, isDashboard, pagePatterns, routePatterns } from "./page-list";

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** A is a member of an organisation of its own; B's things are the demo's. */
let outsider: { state: State; slug: string };
let owner: { state: State; ids: Record<string, string> };

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const demo = await browser.newContext();
  const page = await demo.newPage();
  const slug = await enterDemo(page);
  const ids = await findIds(page, slug);
  owner = { ids: { ...ids, series: await bookWeekly(page, ids) }, state: await demo.storageState() };
  await demo.close();
  const other = await browser.newContext();
  const { slug: ownSlug } = await onboard(await other.newPage(), "Outsider Clinic");
  outsider = { state: await other.storageState(), slug: ownSlug };
  await other.close();
});

const addresses = (ids: Record<string, string>) =>
  [...pagePatterns(), ...routePatterns()].filter(isDashboard).map((pattern) => {
    const address = addressOf(pattern, ids);
    expect(address, `an address for ${pattern}`).toBeDefined();
    return { pattern, address: address ?? "" };
  });

const status = async (request: APIRequestContext, address: string) =>
  (await request.get(address, { maxRedirects: 0, timeout: 20_000, headers: { accept: "text/html,*/*" } })).status();

test("as a member of A, every page and route of B is not found", async ({ playwright, baseURL }) => {
  test.setTimeout(120_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "", storageState: outsider.state });
  const found: Record<string, number> = {};
  for (const { pattern, address } of addresses(owner.ids)) found[pattern] = await status(request, address);
  expect(Object.entries(found).filter(([, code]) => code !== 404)).toEqual([]);
  await request.dispose();
});

test("as a member of A, B's ids are not found under A's own address", async ({ playwright, baseURL }) => {
  test.setTimeout(120_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "", storageState: outsider.state });
  const mixed = addresses({ ...owner.ids, slug: outsider.slug }).filter(({ pattern }) =>
    pattern.replace("/o/[slug]", "").includes("["),
  );
  expect(mixed.length).toBeGreaterThan(5);
  const found: Record<string, number> = {};
  for (const { pattern, address } of mixed) found[pattern] = await status(request, address);
  expect(Object.entries(found).filter(([, code]) => code !== 404)).toEqual([]);
  await request.dispose();
});

test("to whoever does not run the deployment there is no operator's page, signed in or not", async ({
  playwright,
  baseURL,
}) => {
  const statusOf = async (state: State | undefined, address: string) => {
    const request = await playwright.request.newContext({
      baseURL: baseURL ?? "",
      ...(state ? { storageState: state } : {}),
    });
    const found = await status(request, address);
    await request.dispose();
    return found;
  };
  for (const address of ["/operator", "/operator/export.csv"]) {
    expect([await statusOf(undefined, address), await statusOf(outsider.state, address)], address).toEqual([404, 404]);
    expect(await statusOf(owner.state, address), address).toBe(200);
  }
});

test("signed out, every page leads to sign-in and no route answers", async ({ playwright, baseURL }) => {
  test.setTimeout(120_000);
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  for (const { pattern, address } of addresses(owner.ids)) {
    const response = await request.get(address, { maxRedirects: 0 });
    if (pagePatterns().includes(pattern)) {
      expect([307, 303, 302], pattern).toContain(response.status());
      expect(response.headers().location, pattern).toMatch(/\/sign-in/);
    } else expect([401, 404, 307], pattern).toContain(response.status());
  }
  await request.dispose();
});

test("an action of B's page, sent again with A's session, changes nothing", async ({
  browser,
  playwright,
  baseURL,
}) => {
  const context = await browser.newContext({ storageState: owner.state });
  const page = await context.newPage();
  const address = `/o/${owner.ids.slug}/settings`;
  const field = page.getByLabel(/name/i).first();
  /** Saves the field by the action that scripts send; before they are there, the form goes without one and it is tried again. */
  const save = async (name: string): Promise<Request> => {
    let sent: Request | undefined;
    await expect(async () => {
      await page.goto(address);
      await field.fill(name);
      const sending = page.waitForRequest((request) => "next-action" in request.headers(), { timeout: 5_000 });
      await page.locator("main form").first().getByRole("button", { name: /save/i }).click();
      sent = await sending;
      await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
    }).toPass({ timeout: 40_000 });
    if (!sent) throw new Error("no action was sent");
    return sent;
  };
  await page.goto(address);
  const before = await field.inputValue();
  const action = await save("Taken over");
  await page.reload();
  await expect(field).toHaveValue("Taken over");
  await save(before);

  const request = await playwright.request.newContext({ baseURL: baseURL ?? "", storageState: outsider.state });
  const { cookie: _, host: __, "content-length": ___, ...headers } = await action.allHeaders();
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
  const response = await request.post(address, { headers: plain, data: action.postDataBuffer() ?? Buffer.alloc(0) });
  expect(response.status()).toBe(404);
  await page.reload();
  await expect(page.getByLabel(/name/i).first()).toHaveValue(before);
  await request.dispose();
  await context.close();
});
