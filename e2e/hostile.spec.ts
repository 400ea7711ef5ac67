import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { enterDemo } from "./demo";
import { actionOf, ask, expect, test } from "./deployed";

const unreadable = ["%ff", "%c0%af", "%E0%A4%A", "a%", "%zz", "%80%80"];

test("an address with a broken percent sign is the caller's mistake on every route, and said so", async ({
  baseURL,
}) => {
  for (const broken of unreadable) {
    for (const path of ["/api/voice/vapi/", "/api/cron/", "/api/webhooks/clerk/", "/api/auth/", "/api/"]) {
      const answer = await ask(`${baseURL}${path}${broken}`);
      expect([path, broken, answer.status]).toEqual([path, broken, 400]);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid_input", status: 400 });
    }
    for (const path of ["/", "/o/", "/o/any/calls/", "/invite/", "/o/any/settings/services/"]) {
      const answer = await ask(`${baseURL}${path}${broken}`);
      expect([path, broken, answer.status]).toEqual([path, broken, 400]);
      expect(answer.headers["content-type"]).toContain("text/plain");
    }
  }
});

test("what no route can take is refused, not failed", async ({ baseURL }) => {
  const { host, port } = new URL(baseURL ?? "");
  for (const [line, status] of [
    ["GET *", 400],
    ["OPTIONS *", 400],
    ["TRACE /", 400],
    ["GET ?", 400],
    ["GET /_next/static/..%2f..%2fpackage.json", 404],
    ["GET //[", 308],
  ] as const) {
    const answer = await raw(Number(port), `${line} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect([line, answer.split(" ")[1]]).toEqual([line, String(status)]);
  }
});

test("a form that cannot be read is the sender's mistake", async ({ baseURL }) => {
  const address = `${baseURL}/demo`;
  const action = actionOf((await ask(address)).text).replace("$ACTION_ID_", "");
  const form = "multipart/form-data; boundary=x";
  const field = `--x\r\ncontent-disposition: form-data; name="$ACTION_ID_${action}"\r\n\r\n`;
  const post = async (body: string, headers: Record<string, string>) =>
    (await ask(address, { method: "POST", headers: { origin: baseURL ?? "", ...headers }, body })).status;
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=", "Multipart/Form-Data; boundary=x"])
    expect(await post(`${field}\r\n--x--\r\n`, { "content-type": type }), type).toBe(400);
  for (const body of [field, "", `${field}\r\n--x\r\n\u00ff\r\n\r\nv\r\n--x--\r\n`])
    expect(await post(body, { "content-type": form }), body).toBe(400);
  const text = { "next-action": action, "content-type": "text/plain;charset=UTF-8" };
  for (const body of ["", "x", '["$1:__proto__:x"]', `["$n${"9".repeat(400)}"]`, "[".repeat(20_000)])
    expect(await post(body, text), body.slice(0, 40)).toBe(400);
  expect(await post(JSON.stringify(["y".repeat(1_100_000)]), text)).toBe(413);
});

test("a date at the end of time is a date like any other", async ({ page }) => {
  const slug = await enterDemo(page);
  for (const date of ["0001-01-01", "9998-12-31", "9999-12-31"])
    for (const view of ["day", "week", "list"])
      expect((await page.goto(`/o/${slug}/bookings?view=${view}&date=${date}`))?.status(), `${view} ${date}`).toBe(200);
});

test("a call of nine hundred sentences is read in parts, also without scripts, and searched as a whole", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const slug = await enterDemo(page);
  const began = Date.now() - 20 * 86_400_000;
  const said = (n: number) => (n === 777 ? "My word is rhubarb." : `This is sentence ${n}.`);
  const messages = Array.from({ length: 900 }, (_, n) => ({
    role: n % 2 ? "user" : "bot",
    message: said(n),
    time: began + n * 4_000,
    secondsFromStart: n * 4,
    duration: 3_000,
  }));
  await report({ id: `long-${began}`, type: "webCall" }, { messages }, began, began + 3_600_000);
  await expect(async () => {
    await page.goto(`/o/${slug}/calls?q=rhubarb`);
    await page.locator('main a[href*="/calls/call_"]').first().click({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await page.waitForURL(/\/calls\/call_/);
  const address = new URL(page.url()).pathname;
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const reader = await plain.newPage();
  await reader.goto(`${baseURL}${address}`);
  const transcript = reader.getByRole("region", { name: "Transcript" });
  await expect(transcript.getByRole("listitem")).toHaveCount(200);
  for (let part = 2; part <= 5; part++) await reader.getByRole("link", { name: "Later" }).click();
  await expect(transcript.getByText(said(899))).toBeVisible();
  await expect(transcript.getByRole("listitem")).toHaveCount(100);
  await reader.getByRole("searchbox", { name: "Search what was said" }).fill("RHUBARB");
  await reader.keyboard.press("Enter");
  await reader.getByRole("region", { name: "Found in the transcript" }).getByRole("link").click();
  await expect(reader).toHaveURL(/part=4#/);
  await expect(transcript.getByText("rhubarb")).toBeInViewport();
  await plain.close();
});

/** Tells the demo's line of a call, as its provider would once it is over. */
async function report(call: object, artifact: object, startedAt: number, endedAt: number): Promise<void> {
  const file = path.join(process.env.E2E_DATA_DIR ?? "", "demo.json");
  const { vapi } = JSON.parse(readFileSync(file, "utf8")) as { vapi: { webhookUrl: string; secret: string } };
  const times = { startedAt: new Date(startedAt).toISOString(), endedAt: new Date(endedAt).toISOString() };
  const message = { type: "end-of-call-report", call, artifact, endedReason: "customer-ended-call", ...times };
  const answer = await fetch(vapi.webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vapi-secret": vapi.secret },
    body: JSON.stringify({ message: { ...message, timestamp: endedAt } }),
  });
  expect(answer.status).toBe(200);
}

function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(parts).toString()));
  });
}
