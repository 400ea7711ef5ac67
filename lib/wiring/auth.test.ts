import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { withSystem } from "@/db/tenant";
import { createLocalAuth } from "@/lib/adapters/local-auth";
import { codeMail } from "@/lib/identity";
import { type IdKind, isId, newId } from "@/lib/platform/ids";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { emptyPgliteDatabase } from "@/tests/database";
import type { App } from "./app";
import { limitSending, limitTrying } from "./auth";
import { ownOrigins } from "./own-origins";

const database = await emptyPgliteDatabase();
const origin = "http://127.0.0.1:3000";
const letters: { email: string; code: string }[] = [];
const auth = createLocalAuth({
  db: database.db,
  tables: {
    user: schema.users,
    session: schema.authSessions,
    account: schema.authAccounts,
    verification: schema.authVerifications,
  },
  secret: "0123456789abcdef0123456789abcdef",
  appUrl: origin,
  trustedOrigins: [origin],
  newId: (model) => newId(model as IdKind),
  sendCode: async (letter) => {
    if (letter.email.startsWith("refused")) throw new Error("550 no such mailbox");
    letters.push(letter);
  },
  onError: () => {},
});
const lastCode = () => letters.at(-1)?.code ?? "";
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, ...headers },
      body: JSON.stringify(body),
    }),
  );
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
const verifications = () => withSystem(database, (tx) => tx.select().from(schema.authVerifications));

beforeEach(() => {
  letters.length = 0;
});

test("a code sent by e-mail signs a new person in, and the session names them until they sign out", async () => {
  await auth.sendCode("Ann@Example.test");
  expect(letters).toMatchObject([{ email: "ann@example.test", code: expect.stringMatching(/^\d{6}$/) }]);
  const response = await post("/sign-in/email-otp", { email: "ann@example.test", otp: lastCode() });
  expect(response.status).toBe(200);
  const cookie = cookieOf(response);
  expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
  const viewer = await auth.viewer(new Headers({ cookie }));
  expect(viewer).toMatchObject({ email: "ann@example.test" });
  expect(isId("user", viewer?.userId ?? "")).toBe(true);
  expect((await post("/sign-out", {}, { cookie })).status).toBe(200);
  expect(await auth.viewer(new Headers({ cookie }))).toBeNull();
});

test("a code works once", async () => {
  await auth.sendCode("once@example.test");
  expect(await auth.signIn("once@example.test", lastCode())).toBe("signed_in");
  expect(await auth.signIn("once@example.test", lastCode())).toBe("wrong");
});

test("a code is for its address alone", async () => {
  await auth.sendCode("mine@example.test");
  expect(await auth.signIn("yours@example.test", lastCode())).toBe("wrong");
});

test("a new code makes the one before it worthless", async () => {
  await auth.sendCode("again@example.test");
  const first = lastCode();
  await auth.sendCode("again@example.test");
  if (first !== lastCode()) expect(await auth.signIn("again@example.test", first)).toBe("wrong");
  expect(await auth.signIn("again@example.test", lastCode())).toBe("signed_in");
});

test("five wrong guesses use a code up; the right one no longer helps", async () => {
  await auth.sendCode("guess@example.test");
  const right = lastCode();
  const wrong = right === "000000" ? "000001" : "000000";
  for (let n = 0; n < 5; n++) expect(await auth.signIn("guess@example.test", wrong)).toBe("wrong");
  expect(await auth.signIn("guess@example.test", right)).toBe("used_up");
});

test("guesses made at once are counted one by one", async () => {
  await auth.sendCode("burst@example.test");
  const wrong = lastCode() === "000000" ? "000001" : "000000";
  await Promise.all(Array.from({ length: 20 }, () => auth.signIn("burst@example.test", wrong)));
  expect(await auth.signIn("burst@example.test", lastCode())).not.toBe("signed_in");
});

test("after ten minutes a code has expired", async () => {
  await auth.sendCode("late@example.test");
  await withSystem(database, (tx) =>
    tx
      .update(schema.authVerifications)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(schema.authVerifications.identifier, "sign-in-otp-late@example.test")),
  );
  expect(await auth.signIn("late@example.test", lastCode())).toBe("expired");
});

test("the code stands in the letter alone; what is kept is a keyed hash that lasts ten minutes", async () => {
  await auth.sendCode("hash@example.test");
  const row = (await verifications()).find((each) => each.identifier.endsWith("hash@example.test"));
  expect(row?.value).not.toContain(lastCode());
  const minutes = ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(9);
  expect(minutes).toBeLessThanOrEqual(10);
  expect(codeMail("a@example.test", "123456")).toMatchObject({ data: { code: "123456" } });
});

test("known and unknown addresses get the same answer", async () => {
  await auth.sendCode("known@example.test");
  await auth.signIn("known@example.test", lastCode());
  const answers = await Promise.all(
    ["known@example.test", "unknown@example.test"].map(async (email) => {
      const response = await post("/email-otp/send-verification-otp", { email, type: "sign-in" });
      return [response.status, await response.text()];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(letters.filter((letter) => letter.email === "unknown@example.test")).toHaveLength(1);
});

test("a letter that cannot be sent is not kept from who asks for it", async () => {
  await expect(auth.sendCode("refused@example.test")).rejects.toThrow("550");
});

test("a page of another site cannot sign anybody in or out", async () => {
  await auth.sendCode("csrf@example.test");
  const cookie = cookieOf(await post("/sign-in/email-otp", { email: "csrf@example.test", otp: lastCode() }));
  const elsewhere = { origin: "https://evil.example", cookie };
  expect((await post("/sign-out", {}, elsewhere)).status).toBe(403);
  expect(await auth.viewer(new Headers({ cookie }))).toMatchObject({ email: "csrf@example.test" });
});

test("a session whose cookie was altered is nobody's", async () => {
  await auth.sendCode("alter@example.test");
  const cookie = cookieOf(await post("/sign-in/email-otp", { email: "alter@example.test", otp: lastCode() }));
  expect(
    await auth.viewer(new Headers({ cookie: cookie.replace(/.$/, "A").replace(/token=./, "token=A") })),
  ).toBeNull();
  expect(await auth.viewer(new Headers())).toBeNull();
});

const appWith = (trustedProxy: "one-hop" | undefined) =>
  ({ env: { appUrl: origin, trustedProxy }, limiter: new MemoryRateLimiter() }) as unknown as App;
const from = (address: string) => ({ headers: new Headers({ "x-forwarded-for": address }) });

test("letters to one address are limited, whoever asks for them", async () => {
  const app = appWith("one-hop");
  for (let n = 0; n < 5; n++) await limitSending(app, "victim@example.test", from(`192.0.2.${n}`));
  await expect(limitSending(app, "victim@example.test", from("198.51.100.1"))).rejects.toMatchObject({
    code: "rate_limited",
  });
  await limitSending(app, "other@example.test", from("198.51.100.1"));
});

test("guesses at one address are limited beyond the code's own", async () => {
  const app = appWith("one-hop");
  for (let n = 0; n < 15; n++) await limitTrying(app, "victim@example.test", from(`192.0.2.${n}`));
  await expect(limitTrying(app, "victim@example.test", from("198.51.100.1"))).rejects.toMatchObject({
    code: "rate_limited",
  });
});

test("one network is limited over all addresses", async () => {
  const app = appWith("one-hop");
  for (let n = 0; n < 30; n++) await limitSending(app, `p${n}@example.test`, from("192.0.2.9"));
  await expect(limitSending(app, "p99@example.test", from("192.0.2.9"))).rejects.toMatchObject({
    code: "rate_limited",
  });
  await limitSending(app, "p99@example.test", from("192.0.2.10"));
});

test("without a configured proxy a forwarded header changes nothing", async () => {
  const app = appWith(undefined);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, (_, n) => limitSending(app, `p${n}@example.test`, from(`192.0.2.${n}`))),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(120);
});

test("this machine's two names are one server, but only where it is reached from here alone", () => {
  const appUrl = "http://127.0.0.1:3000";
  expect(ownOrigins({ appUrl, loopbackOnly: true })).toEqual(["http://localhost:3000", "http://127.0.0.1:3000"]);
  expect(ownOrigins({ appUrl: "https://caly.example/", loopbackOnly: false })).toEqual(["https://caly.example"]);
});
