import { OneButtonForm } from "@/components/forms/one-button-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatTime } from "@/components/ui/time-format";
import type { Usage } from "@/lib/billing";
import { cancelPlan, goToPortal, resumePlan } from "../actions";
import { CancelForm } from "./cancel-form";
import { ExportLinks } from "./export-links";
import { isRunning, subscriptionState } from "./subscription-words";

type Props = { usage: Usage; slug: string; zone: string; now: Date; mayManage: boolean };

/** What the organisation has, at what price, until when, and what can be done about it. */
export function PlanCard({ usage: { subscription, plan, terms }, slug, zone, now, mayManage }: Props) {
  const { currency, billedEvery, status, cancelAt, periodEndsAt } = subscription;
  const [kind, word] = subscriptionState(subscription, now);
  const running = isRunning(subscription);
  const ends = cancelAt ?? subscription.endedAt ?? periodEndsAt;
  const isTrial = status === "trialing";
  return (
    <Card>
      <CardHeader title={plan.name} actions={<Status kind={kind}>{word}</Status>} />
      <CardBody>
        <DescriptionList
          items={[
            {
              term: "Price",
              value: terms ? (
                <>
                  <Money minor={terms.price} currency={currency} /> a {billedEvery}
                </>
              ) : (
                "Nothing during the trial"
              ),
            },
            {
              term: running && !cancelAt ? "Renews" : running || isTrial ? "Ends" : "Ended",
              value: <Time instant={ends} zone={zone} format="date" />,
            },
          ]}
        />
        {!running && !isTrial && mayManage && (
          <div className="mt-4">
            <p className="mb-1 text-muted">Everything recorded can still be taken along, as CSV:</p>
            <ExportLinks base={`/o/${slug}/billing`} />
          </div>
        )}
      </CardBody>
      {mayManage && (
        <CardFooter className="items-start">
          <ButtonLink href={`/o/${slug}/billing/plans`} variant={running ? "secondary" : "primary"}>
            {running ? "Change plan" : "Choose a plan"}
          </ButtonLink>
          {subscription.customerRef && (
            <OneButtonForm
              action={goToPortal.bind(null, slug)}
              label="Card and address"
              pendingLabel="Opening"
              variant="secondary"
            />
          )}
          {running && (
            <CancelForm
              plan={plan.name}
              until={formatTime(ends, zone, "date")}
              isCancelled={cancelAt !== null}
              isPaid={status !== "past_due" && status !== "unpaid"}
              base={`/o/${slug}/billing`}
              cancel={cancelPlan.bind(null, slug)}
              resume={resumePlan.bind(null, slug)}
            />
          )}
        </CardFooter>
      )}
    </Card>
  );
}
