import "server-only";
import { type AlertsToMail, alertsToMail, graceEnds, markAlertsMailed } from "@/lib/billing";
import { formatMoney, money } from "@/lib/ledger/words";
import { listMembers } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { MailError } from "@/lib/platform/mail";
import type { App } from "./app";

/** Longer than a letter is tried for. */
const TOLD_SECONDS = 35 * 86_400;

/**
 * Writes to the owners about their trial or their spending limit; once for each, however often it is asked. Throws once all were written to
 * where a letter was not taken just now: tried again, it goes to those alone who have not had it.
 */
export async function mailBillingAlerts(app: App, ctx: Context): Promise<void> {
  const told = await alertsToMail(ctx);
  // Without a transport the banner says it alone.
  if (!told || (app.env.mode === "deployed" && !app.env.mail)) return;
  const owners = (await listMembers(ctx)).filter((member) => member.role === "owner" && member.email);
  for (const alert of told.alerts) {
    if (isSettled(alert, told)) {
      await markAlertsMailed(ctx, [alert]);
      continue;
    }
    const { subject, lines } = letterAbout(alert, told);
    const text = [
      `${told.organization.name}: ${lines[0]}`,
      ...lines.slice(1).flatMap((line) => ["", line]),
      "",
      `Plan and billing: ${app.env.appUrl}/o/${told.organization.slug}/billing`,
    ].join("\n");
    const failures: unknown[] = [];
    for (const { id, email } of owners) {
      const key = `billing-letter:${ctx.orgId}:${alert.what}:${alert.threshold}:${alert.raisedAt.getTime()}:${id}`;
      if (await app.kv.get(key)) continue;
      try {
        await app.mailer.send({ to: email, subject, text, key });
        await app.kv.set(key, "1", { ttlSeconds: TOLD_SECONDS });
      } catch (error) {
        if (!(error instanceof MailError && error.permanent)) failures.push(error);
        ctx.log.warn({ err: error }, "an owner was not written to");
      }
    }
    if (failures.length > 0) throw failures[0];
    await markAlertsMailed(ctx, [alert]);
  }
}

/** Who has paid meanwhile is not told that they have not. */
const isSettled = ({ what }: AlertsToMail["alerts"][number], { stands }: AlertsToMail): boolean =>
  what === "payment" && stands.subscription.status !== "past_due" && stands.subscription.status !== "unpaid";

const MESSAGES_ONLY =
  "Callers are still answered: they hear that nothing can be booked just now, and can leave a message.";

function letterAbout(
  { what, threshold }: AlertsToMail["alerts"][number],
  told: AlertsToMail,
): { subject: string; lines: [string, ...string[]] } {
  const { timeZone } = told.organization;
  const { subscription, used, included, overage } = told.stands;
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "full", timeStyle: "short" });
  const ends = `${day.format(subscription.periodEndsAt)} (${timeZone})`;
  const say = (amount: bigint) => formatMoney(money(amount, subscription.currency));
  const cap = say(subscription.spendingCap ?? 0n);
  if (what === "payment") return letterAboutPayment(threshold, told, (at) => `${day.format(at)} (${timeZone})`);
  if (what === "cap")
    return threshold === 100
      ? {
          subject: "Your spending limit is reached",
          lines: [
            `minutes beyond the plan have cost ${say(overage)} in this period; your limit is ${cap}.`,
            `${MESSAGES_ONLY} Booking goes on when you raise the limit, or with the next period on ${ends}.`,
          ],
        }
      : {
          subject: `${threshold}% of your spending limit is used`,
          lines: [
            `minutes beyond the plan have cost ${say(overage)} in this period; your limit is ${cap}.`,
            `When it is reached, callers can only leave a message until you raise it or the next period begins on ${ends}.`,
          ],
        };
  if (what === "trial")
    return threshold === 100
      ? {
          subject: "Your trial's minutes are used up",
          lines: [`all ${included} minutes of the trial are used.`, `${MESSAGES_ONLY} Choose a plan to go on booking.`],
        }
      : {
          subject: `${threshold}% of your trial's minutes are used`,
          lines: [`${used} of the trial's ${included} minutes are used. It ends on ${ends} at the latest.`],
        };
  return threshold === 0
    ? {
        subject: "Your trial is over",
        lines: [`the trial ended on ${ends}.`, `${MESSAGES_ONLY} Choose a plan to go on booking.`],
      }
    : {
        subject: threshold === 1 ? "Your trial ends within a day" : `Your trial ends in ${threshold} days`,
        lines: [
          `the trial ends on ${ends}; ${used} of its ${included} minutes are used.`,
          "Choose a plan before then, and nothing changes for your callers.",
        ],
      };
}

function letterAboutPayment(
  days: number,
  { stands: { subscription } }: AlertsToMail,
  say: (at: Date) => string,
): { subject: string; lines: [string, ...string[]] } {
  const mend = "Pay the open invoice or change the card under Plan and billing.";
  if (days > 0)
    return {
      subject: "Callers can only leave a message: a payment is still open",
      lines: [
        "the last invoice could not be collected.",
        `${MESSAGES_ONLY} ${mend} Booking goes on as soon as it is paid.`,
      ],
    };
  return {
    subject: "Your payment did not go through",
    lines: [
      "the last invoice could not be collected; it is tried again in the coming days.",
      `For your callers that changes nothing until ${say(graceEnds(subscription))}; after it they can only leave a message.`,
      mend,
    ],
  };
}
