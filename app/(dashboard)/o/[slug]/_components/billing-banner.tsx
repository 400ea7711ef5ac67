import { count } from "@/components/billing/usage-bar";
import { Banner } from "@/components/ui/banner";
import { formatMoney } from "@/components/ui/money-format";
import { formatTime } from "@/components/ui/time-format";
import type { LimitedBecause, StandingNow } from "@/lib/billing";

/** A trial is spoken of once it is nearly over. */
const TRIAL_SOON_MS = 4 * 86_400_000;
/** Of the trial's minutes or of the spending limit. */
const NEARLY_PERCENT = 80;

const INVOICES = "/invoices";

const limited: Record<LimitedBecause, { text: string; page: string; label: string }> = {
  trial_over: { text: "Your trial is over.", page: "/plans", label: "Choose a plan" },
  trial_minutes_used: { text: "The trial’s minutes are used up.", page: "/plans", label: "Choose a plan" },
  payment_failed: { text: "Your invoice was not paid.", page: INVOICES, label: "Pay it" },
  cap_reached: { text: "Your spending limit is reached.", page: "#limit", label: "Raise the limit" },
  canceled: { text: "Your subscription has ended.", page: "/plans", label: "Choose a plan" },
  paused: { text: "Your subscription is paused.", page: "", label: "See billing" },
  incomplete: { text: "The first payment was not finished.", page: INVOICES, label: "Finish it" },
};

const CALLERS = "Callers hear your hours and can leave a message.";

/** Whether the one thing to do is to pay an invoice. */
export const isToBePaid = ({ standing }: StandingNow): boolean =>
  standing.state === "grace" || (standing.state === "limited" && limited[standing.because].page === INVOICES);

type Place = { slug: string; zone: string; now: Date; owed?: { id: string } | undefined };

/** The one thing about the subscription that an owner or admin has to know on every page; undefined while there is none. */
export function billingBanner(stands: StandingNow, { slug, zone, now, owed }: Place) {
  const { standing, used, included, overage, isDemo } = stands;
  const { spendingCap: cap, currency } = stands.subscription;
  const action = (page: string, label: string) => ({
    href: `/o/${slug}/billing${page === INVOICES && owed ? `${page}/${owed.id}` : page}`,
    label,
  });
  if (standing.state === "limited") {
    const { text, page, label } = limited[standing.because];
    return (
      <Banner kind="failed" action={action(page, label)}>
        {text} {CALLERS}
      </Banner>
    );
  }
  if (standing.state === "grace")
    return (
      <Banner kind="attention" action={action(INVOICES, "Pay it")}>
        A payment failed. Calls are answered as ever until {formatTime(standing.until, zone)}, {zone}.
      </Banner>
    );
  if (standing.state === "trial" && standing.until.getTime() - now.getTime() < TRIAL_SOON_MS)
    return (
      <Banner kind="attention" action={action("/plans", "Choose a plan")}>
        Your trial ends on {formatTime(standing.until, zone)}, {zone}.
      </Banner>
    );
  if (standing.state === "trial" && !isDemo && used * 100 >= included * NEARLY_PERCENT)
    return (
      <Banner kind="attention" action={action("/plans", "Choose a plan")}>
        {count(used)} of your trial’s {count(included)} minutes are used.
      </Banner>
    );
  if (standing.state === "active" && cap && overage * 100n >= cap * BigInt(NEARLY_PERCENT))
    return (
      <Banner kind="attention" action={action("#limit", "Raise the limit")}>
        {formatMoney(overage, currency)} of your spending limit of {formatMoney(cap, currency)} is used.
      </Banner>
    );
  return undefined;
}
