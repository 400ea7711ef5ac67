import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail server that keeps what it is given, so that a deployed server can be signed in to. */
export async function catchMail() {
  const letters: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map((one) => one.address).join(",");
        letters.push({ to, text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    codeFor: (email: string) =>
      /\b(\d{6})\b/.exec(
        letters
          .findLast((letter) => letter.to === email)
          ?.text.split(/\r?\n\r?\n/)
          .slice(1)
          .join("\n") ?? "",
      )?.[1],
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
