import { createTransport } from "nodemailer";
import { type Mail, MailError, type Mailer } from "@/lib/platform/mail";

/** Any provider's SMTP: `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`. */
export function smtpMailer(config: { smtpUrl: string; from: string; timeoutMs?: number }): Mailer {
  const timeout = config.timeoutMs ?? 10_000;
  const transport = createTransport(
    { url: config.smtpUrl, connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout },
    { from: config.from },
  );
  return {
    async send({ to, subject, text, html, invitation }: Mail): Promise<void> {
      try {
        const icalEvent = invitation && { method: invitation.method, content: invitation.text, filename: "invite.ics" };
        await transport.sendMail({
          to,
          subject,
          text,
          html,
          icalEvent,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (cause) {
        throw new MailError(isPermanent(cause), "The message could not be sent.", cause);
      }
    },
  };
}

/** 5xx answers are final (RFC 5321 §4.2.1), except a refused sign-in, which is our configuration's fault and no fault of the address. */
function isPermanent(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return typeof responseCode === "number" && responseCode >= 500 && code !== "EAUTH";
}
