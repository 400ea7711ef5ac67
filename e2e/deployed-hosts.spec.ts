import { actionOf, ask, expect, postForm, postJson, test } from "./deployed";

test("embedded, only requests that name this machine are answered: pages, API and webhooks alike", async ({
  baseURL,
}) => {
  const { port } = new URL(baseURL ?? "");
  const routes = [
    ["GET", "/"],
    ["GET", "/sign-in"],
    ["GET", "/demo"],
    ["GET", "/dev/mailbox"],
    ["GET", "/o/any"],
    ["GET", "/o/any/calls/export.csv"],
    ["GET", "/api/health"],
    ["GET", "/api/ready"],
    ["GET", "/api/cron/drain"],
    ["GET", "/api/auth/get-session"],
    ["POST", "/api/auth/email-otp/send-verification-otp"],
    ["POST", "/api/voice/vapi/con_00000000000000000000000000"],
    ["POST", "/api/webhooks/clerk"],
  ] as const;
  for (const host of [`evil.example:${port}`, "evil.example", `localhost.evil.example:${port}`, `192.168.1.7:${port}`])
    for (const [method, path] of routes) {
      const headers = { host, "content-type": "application/json" };
      const answer = await ask(`${baseURL}${path}`, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });
      expect([path, host, answer.status]).toEqual([path, host, 421]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`])
    expect((await ask(`${baseURL}/sign-in`, { headers: { host } })).status, host).toBe(200);
  const claimed = { host: `evil.example:${port}`, "x-forwarded-host": `localhost:${port}` };
  expect((await ask(`${baseURL}/dev/mailbox`, { headers: claimed })).status).toBe(421);
});

/** One after the other on one database: to make it takes most of a start. */
const folder = "embedded";

test("embedded with its socket open to others, mailbox and demo are gone", async ({ baseURL, deployment }) => {
  test.setTimeout(120_000);
  const enterDemo = actionOf((await ask(`${baseURL}/demo`)).text);
  const open = await deployment.server(() => ({ HOST: "0.0.0.0" }), folder);
  await offersNoWayIn(open.url, enterDemo);
  await open.stop();
});

test("embedded and started without saying where it listens, it does not take its socket for closed", async ({
  baseURL,
  deployment,
}) => {
  test.setTimeout(120_000);
  const enterDemo = actionOf((await ask(`${baseURL}/demo`)).text);
  const unsaid = await deployment.server(() => ({}), folder);
  await offersNoWayIn(unsaid.url, enterDemo);
  await unsaid.stop();
});

async function offersNoWayIn(url: string, enterDemo: string): Promise<void> {
  for (const host of ["caly.example", "localhost"]) {
    for (const path of ["/demo", "/dev/mailbox"])
      expect((await ask(url + path, { headers: { host } })).status, `${path} as ${host}`).toBe(404);
    const entered = await postForm(`${url}/demo`, { [enterDemo]: "" }, { host, origin: `http://${host}` });
    expect([entered.status, entered.headers["set-cookie"]]).toEqual([404, undefined]);
    const page = await ask(`${url}/sign-in`, { headers: { host } });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain("/dev/mailbox");
  }
  const sent = await postJson(`${url}/api/auth/email-otp/send-verification-otp`, {
    email: "a@b.example",
    type: "sign-in",
  });
  expect(sent.status).toBe(200);
}
