import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { MailError } from "@/lib/platform/mail";
import { smtpMailer } from ".";

type Sink = { url: string; messages: { from: string; to: string[]; raw: string }[] };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An SMTP server in this process; recipients beginning with three digits are refused with that code. */
async function sink(): Promise<Sink> {
  const messages: Sink["messages"] = [];
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "caly" && password === "p@ss" ? done(null, { user: username }) : done(new Error("Invalid sign-in")),
    onMailFrom: ({ address }, _session, done) => {
      const isUnknown = address.startsWith("unverified");
      done(isUnknown ? Object.assign(new Error("Sender not verified"), { responseCode: 554 }) : null);
    },
    onRcptTo: ({ address }, _session, done) => {
      const code = /^\d{3}/.exec(address)?.[0];
      done(code ? Object.assign(new Error("Refused"), { responseCode: Number(code) }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        messages.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://caly:${encodeURIComponent("p@ss")}@127.0.0.1:${port}`, messages };
}

const mail = { to: "ana@example.test", subject: "Your code: 123456 ü", text: "Use 123456.", data: { code: "123456" } };

describe("mail over SMTP", () => {
  test("arrives with its sender, subject and text, its data stays here", async () => {
    const { url, messages } = await sink();
    await smtpMailer({ smtpUrl: url, from: "Caly <no-reply@caly.test>" }).send({ ...mail, html: "<p>Use 123456.</p>" });
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(message).toMatchObject({ from: "no-reply@caly.test", to: ["ana@example.test"] });
    expect(message?.raw).toContain("Use 123456.");
    expect(message?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(message?.raw).toContain("multipart/alternative");
    expect(message?.raw).not.toContain('"code"');
  });

  test("an invitation is there for programs that show it as one", async () => {
    const { url, messages } = await sink();
    const text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    await smtpMailer({ smtpUrl: url, from: "no-reply@caly.test" }).send({
      ...mail,
      invitation: { method: "REQUEST", text },
    });
    expect(messages[0]?.raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/im);
    expect(messages[0]?.raw).toContain("invite.ics");
  });

  test("a line break in an address or subject adds no header and no recipient", async () => {
    const { url, messages } = await sink();
    const mailer = smtpMailer({ smtpUrl: url, from: "no-reply@caly.test" });
    await mailer.send({ ...mail, subject: "Hi\r\nBcc: eve@example.test" });
    expect(messages[0]?.to).toEqual(["ana@example.test"]);
    expect(messages[0]?.raw).not.toMatch(/^Bcc:/im);
  });

  test("a letter that is tried again has the Message-ID it had, another letter another", async () => {
    const { url, messages } = await sink();
    const mailer = smtpMailer({ smtpUrl: url, from: "Caly <no-reply@caly.test>" });
    for (const key of ["reminder:1", "reminder:1", "reminder:2"]) await mailer.send({ ...mail, key });
    const ids = messages.map(({ raw }) => /^Message-ID: <([\w-]+)@caly\.test>/im.exec(raw)?.[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });

  test.each([
    [550, true],
    [451, false],
  ])("a recipient refused with %i is permanent: %s", async (code, permanent) => {
    const { url } = await sink();
    const sent = smtpMailer({ smtpUrl: url, from: "a@caly.test" }).send({ ...mail, to: `${code}@example.test` });
    await expect(sent).rejects.toBeInstanceOf(MailError);
    await expect(sent).rejects.toMatchObject({ permanent, code: "unavailable" });
  });

  test("a refused sign-in is our fault, not the address's", async () => {
    const { url } = await sink();
    const sent = smtpMailer({ smtpUrl: url.replace("p%40ss", "wrong"), from: "a@caly.test" }).send(mail);
    await expect(sent).rejects.toMatchObject({ permanent: false });
  });

  test("a refused sender is our fault too: every address would be given up for it", async () => {
    const { url } = await sink();
    const sent = smtpMailer({ smtpUrl: url, from: "unverified@caly.test" }).send(mail);
    await expect(sent).rejects.toMatchObject({ permanent: false });
  });

  test("a server that never answers is given up", async () => {
    const silent: Server = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    closing.push(() => silent.close());
    const smtpUrl = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const sent = smtpMailer({ smtpUrl, from: "a@caly.test", timeoutMs: 200 }).send(mail);
    await expect(sent).rejects.toMatchObject({ permanent: false });
  });
});
