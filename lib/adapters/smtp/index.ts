import { createTransport } from "nodemailer";
import { sha256Hex } from "@/lib/platform/crypto";
import { type Mail, MailError, type Mailer } from "@/lib/platform/mail";

/** Any provider's SMTP: `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`. */
export function smtpMailer(config: { smtpUrl: string; from: string; timeoutMs?: number }): Mailer {
  const timeout = config.timeoutMs ?? 10_000;
  const transport = createTransport(
    { url: config.smtpUrl, connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout },
    { from: config.from },
  );
  const domain = /@([\w.-]+)/.exec(config.from)?.[1] ?? "localhost";
  return {
    async send({ to, subject, text, html, invitation, key }: Mail): Promise<void> {
      try {
        const icalEvent = invitation && { method: invitation.method, content: invitation.text, filename: "invite.ics" };
        await transport.sendMail({
          to,
          subject,
          text,
          html,
          icalEvent,
          ...(key && { messageId: `<${sha256Hex(`${to}\n${key}`).slice(0, 32)}@${domain}>` }),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (cause) {
        throw new MailError(isPermanent(cause), "The message could not be sent.", cause);
      }
    },
  };
}

/**
 * 5xx answers about the recipient or the message are final (RFC 5321 §4.2.1). Those about the sign-in, the sender or the connection are our
 * configuration's fault and no fault of the address.
 */
function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  return typeof responseCode === "number" && responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
}
