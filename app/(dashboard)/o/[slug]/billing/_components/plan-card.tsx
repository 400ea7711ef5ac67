import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Usage } from "@/lib/billing";
import { subscriptionState } from "./subscription-words";

type Props = { usage: Usage; slug: string; zone: string; now: Date; mayManage: boolean };

/** What the organisation has, at what price, until when. */
export function PlanCard({ usage: { subscription, plan, terms }, slug, zone, now, mayManage }: Props) {
  const { currency, billedEvery, status, cancelAt, periodEndsAt } = subscription;
  const [kind, word] = subscriptionState(subscription, now);
  const date = (at: Date) => <Time instant={at} zone={zone} format="date" />;
  const isTrial = status === "trialing";
  const isOver = periodEndsAt <= now || status === "canceled";
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
              term: isTrial ? (isOver ? "Ended" : "Ends") : cancelAt || isOver ? "Ends" : "Renews",
              value: date(cancelAt ?? periodEndsAt),
            },
          ]}
        />
      </CardBody>
      {mayManage && (
        <CardFooter>
          <ButtonLink href={`/o/${slug}/billing/plans`} variant={isTrial ? "primary" : "secondary"}>
            {isTrial || isOver ? "Choose a plan" : "Change plan"}
          </ButtonLink>
        </CardFooter>
      )}
    </Card>
  );
}
