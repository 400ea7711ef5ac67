import { bare } from "../tests/bare-environment";
import { command, entry } from "../tests/server/start";
import {
  actionOf,
  ask,
  codeFor,
  cookiesOf,
  type Deployment,
  expect,
  newSecret,
  postForm,
  postJson,
  test,
} from "./deployed";
import { addressOf, isDashboard, pagePatterns } from "./page-list";

type Place = {
  server: Awaited<ReturnType<Deployment["server"]>>;
  database: Awaited<ReturnType<Deployment["database"]>>;
  letters: Awaited<ReturnType<Deployment["smtp"]>>["letters"];
};
const cronSecret = newSecret();
let place: Place;
let environment: Record<string, string>;

test.beforeAll(async ({ deployment }) => {
  test.setTimeout(120_000);
  const [database, smtp] = await Promise.all([deployment.database(), deployment.smtp()]);
  const server = await deployment.server((url) => {
    environment = {
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: newSecret(),
      APP_URL: url,
      BETTER_AUTH_SECRET: newSecret(),
      SMTP_URL: smtp.url,
      CRON_SECRET: cronSecret,
    };
    return environment;
  });
  place = { server, database, letters: smtp.letters };
});

/** What the page does, for a program. */
const send = (email: string, headers: Record<string, string> = {}, { url } = place.server) =>
  postJson(`${url}/api/auth/email-otp/send-verification-otp`, { email, type: "sign-in" }, headers);
const check = (email: string, otp: string) =>
  postJson(`${place.server.url}/api/auth/sign-in/email-otp`, { email, otp }, { origin: place.server.url });

/** Ten at a time. */
async function many<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const one = async (from: number) => {
    for (let n = from; n < count; n += 10) results[n] = await make(n);
  };
  await Promise.all(Array.from({ length: 10 }, (_, from) => one(from)));
  return results;
}

test("is ready with its own parts alone", async () => {
  const answer = await ask(`${place.server.url}/api/ready`);
  expect(answer.status, answer.text).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ ok: true });
});

test("nothing of the embedded mode is there: pages, the demo's action, commands", async ({ baseURL }) => {
  const embedded = await ask(`${baseURL}/demo`);
  expect(embedded.status).toBe(200);
  const enterDemo = actionOf(embedded.text);
  for (const address of ["/demo", "/dev/mailbox", "/dev"])
    expect((await ask(place.server.url + address)).status, address).toBe(404);
  for (const address of ["/demo", "/sign-in", "/"]) {
    const answer = await postForm(place.server.url + address, { [enterDemo]: "" });
    // On a page that does not carry it, Next does not know the action at all.
    expect(address === "/demo" ? [404] : [404, 409], address).toContain(answer.status);
    expect(answer.headers["set-cookie"], address).toBeUndefined();
  }
  expect(await place.database.query("select email from users where email like '%marlowe%'")).toEqual([]);
  for (const address of ["/", "/sign-in"]) {
    const { status, text } = await ask(place.server.url + address);
    expect(status).toBe(200);
    expect(text).not.toMatch(/href="\/(demo|dev)/);
  }
  expect(await place.database.query("select 1 from organizations where is_demo")).toEqual([]);
  const { output, exit } = command(entry("scripts/demo/info.ts", "--json"), { ...bare, ...environment });
  expect(await exit).toBe(1);
  expect(output()).toMatch(/^[^\n]*embedded mode only[^\n]*\n$/);
});

test("other hosts are its own affair: a proxy in front decides them", async () => {
  const { port } = new URL(place.server.url);
  expect((await ask(`${place.server.url}/api/health`, { headers: { host: `caly.internal:${port}` } })).status).toBe(
    200,
  );
});

test("a code arrives by SMTP, wrong ones are refused in words, the right one leads into a business of one's own", async ({
  page,
}) => {
  const { url } = place.server;
  const email = "owner@deployed.example";
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("heading", { name: "Enter the code" })).toBeVisible();
  await expect(page.getByRole("link", { name: "development mailbox" })).toHaveCount(0);
  const code = codeFor(place.letters, email);
  expect(code).toMatch(/^\d{6}$/);
  const digits = page.getByLabel("Digit 1 of 6");
  await digits.fill(code === "000000" ? "000001" : "000000");
  await expect(page.getByText("That is not the code we sent.")).toBeVisible();
  await digits.fill(code);
  await page.waitForURL("**/o/new");

  await page.getByLabel("Name of the business").fill("Deployed Salon");
  await page.getByLabel("Trade").selectOption("salon");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL("**/onboarding**");
  const slug = new URL(page.url()).pathname.split("/")[2] ?? "";
  const step = (title: string) =>
    page.locator("li[aria-current=step]", { has: page.getByRole("heading", { name: title }) });
  await expect(step("Hours and services")).toBeVisible();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(step("How callers reach you")).toBeVisible();
  await expect(page.getByLabel("Your own Vapi account")).toBeVisible();
  await expect(page.getByLabel("Try it here first")).toHaveCount(0);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(step("Place a test call")).toBeVisible();
  await expect(page.getByText("Connect your provider, then ring the number")).toBeVisible();
  await expect(page.getByRole("button", { name: "Place a test call" })).toHaveCount(0);
  await page.getByRole("link", { name: "Connect your provider" }).click();
  await page.waitForURL("**/settings/connections");
  expect(await place.database.query("select 1 from connections where mode = 'emulated'")).toEqual([]);

  const shown: Record<string, number> = {};
  for (const pattern of pagePatterns().filter(isDashboard)) {
    const address = addressOf(pattern, { slug });
    if (address) shown[pattern] = (await page.request.get(url + address)).status();
  }
  expect(Object.keys(shown).length).toBeGreaterThan(10);
  expect(Object.entries(shown).filter(([, status]) => status !== 200)).toEqual([]);
  expect(place.server.output()).not.toMatch(/"level":"?(error|fatal|50|60)/);
});

test("a form without scripts signs in as well, and cookies are kept from scripts", async () => {
  const email = "plain@deployed.example";
  await send(email);
  const answer = await check(email, codeFor(place.letters, email));
  const [cookie] = [answer.headers["set-cookie"] ?? []].flat();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  const signedIn = await ask(`${place.server.url}/o/new`, { headers: { cookie: cookiesOf(answer) } });
  expect(signedIn.status).toBe(200);
  const again = await check(email, codeFor(place.letters, email));
  expect([again.status >= 400, again.headers["set-cookie"]], "a code works once").toEqual([true, undefined]);
});

test("another site cannot ask for codes with a visitor's browser", async () => {
  const before = place.letters.length;
  const answer = await send("victim@deployed.example", { origin: "https://evil.example" });
  expect(answer.status).toBe(403);
  expect(place.letters).toHaveLength(before);
});

test("letters to one address are limited, politely: on the page in words, for programs with a time to wait", async ({
  page,
}) => {
  const email = "often@deployed.example";
  for (let n = 0; n < 5; n++) expect((await send(email)).status).toBe(200);
  const refused = await send(email);
  expect(refused.status).toBe(429);
  expect(refused.headers["content-type"]).toContain("application/problem+json");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60);
  await page.goto(`${place.server.url}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByText(/Too many attempts\. Try again in \d+ minutes\./)).toBeVisible();
  expect(place.letters.filter(({ to }) => to === email)).toHaveLength(5);
});

test("guesses at one address's codes are limited", async () => {
  const email = "guessed@deployed.example";
  const statuses = new Set<number>();
  for (let n = 0; n < 20; n++) statuses.add((await check(email, String(100_000 + n))).status);
  expect([...statuses].sort()).toEqual([400, 429]);
});

test("forwarded headers are nobody's word without a configured proxy", async ({ deployment }) => {
  const { url } = place.server;
  // Somebody who names another address each time is still one network, whose limit is 120 letters.
  const claiming = (n: number) =>
    send(`network${n}@deployed.example`, { "x-forwarded-for": `203.0.113.${n}`, "x-real-ip": `203.0.113.${n}` });
  const statuses = (await many(130, claiming)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  const redirected = await ask(`${url}/o`, {
    headers: { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  });
  expect(String(redirected.headers.location)).toMatch(/^(\/|http:\/\/127\.0\.0\.1:\d+\/)sign-in\?next=/);
  expect(redirected.headers["strict-transport-security"]).toBeUndefined();

  // Behind a proxy of one's own the last entry of the header is the address, and each network has its own limit.
  const smtp = await deployment.smtp();
  const proxied = await deployment.server(() => ({
    ...environment,
    SMTP_URL: smtp.url,
    APP_URL: "https://caly.example",
    TRUSTED_PROXY: "one-hop",
  }));
  const through = (n: number, address: string) =>
    send(
      `behind${n}@deployed.example`,
      { "x-forwarded-for": `198.51.100.9, ${address}`, host: "caly.example" },
      proxied,
    );
  for (const { status } of await many(30, (n) => through(n, "203.0.113.1"))) expect(status).toBe(200);
  expect((await through(31, "203.0.113.1")).status).toBe(429);
  expect((await through(32, "203.0.113.2")).status).toBe(200);
  const page = await ask(`${proxied.url}/sign-in`, { headers: { host: "caly.example" } });
  expect(page.headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
  const signedIn = await postJson(
    `${proxied.url}/api/auth/sign-in/email-otp`,
    { email: "behind32@deployed.example", otp: codeFor(smtp.letters, "behind32@deployed.example") },
    { origin: "https://caly.example", host: "caly.example", "x-forwarded-for": "203.0.113.3" },
  );
  expect(signedIn.status, signedIn.text).toBe(200);
  expect(String(signedIn.headers["set-cookie"])).toMatch(/^__Secure-.*;\s*Secure/i);
  await proxied.stop();
});

test("when letters cannot be sent, who asks is told so", async ({ deployment, page }) => {
  const mute = await deployment.server((url) => ({ ...environment, APP_URL: url, SMTP_URL: "smtp://127.0.0.1:1" }));
  expect((await send("nobody@deployed.example", {}, mute)).status).toBe(503);
  await page.goto(`${mute.url}/sign-in`);
  await page.getByLabel("E-mail address").fill("nobody@deployed.example");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("status").filter({ hasText: /could not be sent/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Enter the code" })).toHaveCount(0);
  await mute.stop();
});

test("a cron route runs for who knows the secret and for nobody else", async () => {
  const address = `${place.server.url}/api/cron/drain`;
  for (const authorization of [undefined, "Bearer wrong", `Bearer ${cronSecret}x`, cronSecret, "Bearer ", "Bearer"]) {
    const answer = await ask(address, { headers: authorization === undefined ? {} : { authorization } });
    expect(answer.status, authorization).toBe(401);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(JSON.parse(answer.text)).toMatchObject({ status: 401, code: "unauthenticated" });
  }
  const right = { headers: { authorization: `Bearer ${cronSecret}` } };
  for (const job of ["relay", "drain"]) {
    const answer = await ask(`${place.server.url}/api/cron/${job}`, right);
    expect(answer.status, answer.text).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ job });
  }
  expect((await ask(`${place.server.url}/api/cron/no-such-job`, right)).status).toBe(404);
});

test("the security headers stand on pages and on the API", async () => {
  const page = await ask(`${place.server.url}/sign-in`);
  for (const answer of [page, await ask(`${place.server.url}/api/health`)]) {
    expect(answer.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": expect.any(String),
      "cross-origin-opener-policy": "same-origin",
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(answer.headers["x-powered-by"]).toBeUndefined();
  }
  expect(String(page.headers["content-security-policy"])).not.toContain("unsafe-eval");
});
