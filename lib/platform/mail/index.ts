import { AppError, isMarked } from "../errors";

const brand = Symbol.for("caly.MailError");

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string | undefined;
  /** A calendar file (RFC 5546) that mail programs show as an invitation, take one back by, or (PUBLISH) offer to add to a calendar. */
  invitation?: { method: "REQUEST" | "CANCEL" | "PUBLISH"; text: string } | undefined;
  /**
   * Names this letter, the same each time it is tried: a job that dies after a letter was taken sends it again. SMTP knows no such thing (RFC
   * 5321 §6.1 lets a message arrive twice rather than not); it becomes the Message-ID, by which mail programs and servers show a repeated one once.
   */
  key?: string | undefined;
  /** Facts the development mailbox shows apart, for example the sign-in code; never put on the wire. */
  data?: Record<string, string> | undefined;
};

/** Resolves when the next server has taken the message; throws MailError otherwise. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** `permanent`: the address or the message was refused and sending again cannot help. `unavailable` to the caller either way. */
export class MailError extends AppError {
  readonly [brand] = true;

  constructor(
    readonly permanent: boolean,
    message: string,
    cause: unknown,
  ) {
    super("unavailable", message, { cause });
    this.name = "MailError";
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, brand);
  }
}
