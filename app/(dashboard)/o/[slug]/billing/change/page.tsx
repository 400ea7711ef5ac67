import type { Metadata } from "next";
import { OneButtonForm } from "@/components/forms/one-button-form";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/components/ui/money-format";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { formatTime } from "@/components/ui/time-format";
import { previewPlanChange } from "@/lib/billing";
import { planChoice } from "@/lib/billing/schemas";
import { may } from "@/lib/organizations";
import { findPlan } from "@/lib/plans";
import { app } from "@/lib/wiring/app";
import { billingFor } from "@/lib/wiring/billing";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../_components/billing-page";
import { ChangeFacts } from "../_components/change-facts";
import { lineInWords } from "../_components/invoice-words";
import { confirmChange } from "../actions";
import { refusalInWords } from "../refusals";

export const metadata: Metadata = { title: "Change plan" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What another plan costs at once and from then on, before anything changes. */
export default async function ChangePlanPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const member = await memberContext(slug);
  const { ctx, org } = member;
  const choice = planChoice.safeParse(await searchParams);
  const plans = `/o/${slug}/billing/plans`;
  const none = (title: string, text: string) => (
    <EmptyState title={title} action={<ButtonLink href={plans}>See the plans</ButtonLink>}>
      {text}
    </EmptyState>
  );
  return (
    <BillingPage member={member} current="/plans" title="Change plan" back={{ href: plans, label: "Plans" }}>
      {async () => {
        const billing = billingFor((await app()).env.stripe);
        if (!billing) return undefined;
        if (!may(ctx.actor, "billing.manage"))
          return none("Owners change the plan", "Ask the owner; you can look at what there is.");
        if (!choice.success) return none("Choose a plan first", "You see here what it costs before anything changes.");
        const asked = await previewPlanChange(ctx, billing.port, choice.data);
        if (!asked.ok) return none("There is nothing to change", refusalInWords(asked.reason));
        const preview = asked.value;
        const money = (amount: bigint) => formatMoney(amount, preview.currency);
        const name = findPlan(preview.to.plan, preview.to.planVersion)?.name ?? preview.to.plan;
        const isCredit = preview.dueNow < 0n;
        return (
          <div className="flex max-w-3xl flex-col gap-4">
            <ChangeFacts preview={preview} />
            <Card>
              <CardHeader
                title={isCredit ? "Credit" : "Due now"}
                description={`Computed for ${formatTime(preview.at, org.timeZone, "full")}. It holds for a quarter of an hour and is what the invoice will say.`}
              />
              <Table label="Lines">
                <THead>
                  <Tr>
                    <Th>For</Th>
                    <Th numeric>Amount</Th>
                  </Tr>
                </THead>
                <TBody>
                  {linesThatCount(preview.lines).map((line, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names of their own and never move
                    <Tr key={n}>
                      <Td className="min-w-48">{lineInWords(line)}</Td>
                      <Td numeric>{money(line.amount)}</Td>
                    </Tr>
                  ))}
                  <Tr>
                    <Td className="font-semibold">{isCredit ? "Taken off the next invoices" : "Due now"}</Td>
                    <Td numeric className="font-semibold">
                      {money(isCredit ? -preview.dueNow : preview.dueNow)}
                    </Td>
                  </Tr>
                </TBody>
              </Table>
              <CardBody className="pt-3 text-muted">
                The next regular invoice comes on {formatTime(preview.nextInvoiceAt, org.timeZone, "date")}.
              </CardBody>
              <CardFooter className="items-start">
                <OneButtonForm
                  action={confirmChange.bind(null, slug)}
                  label={
                    isCredit || preview.dueNow === 0n
                      ? `Change to ${name}`
                      : `Pay ${money(preview.dueNow)} and change to ${name}`
                  }
                  pendingLabel="Changing"
                  variant="primary"
                  fields={{
                    plan: preview.to.plan,
                    every: preview.to.every,
                    at: preview.at.toISOString(),
                    dueNow: preview.dueNow.toString(),
                  }}
                />
                <ButtonLink href={plans} variant="ghost">
                  Keep what you have
                </ButtonLink>
              </CardFooter>
            </Card>
            {preview.exceeded.length > 0 && (
              <Banner kind="attention" className="rounded-lg">
                You have more than {name} allows. It all stays; only nothing can be added.
              </Banner>
            )}
          </div>
        );
      }}
    </BillingPage>
  );
}

/** The engine writes a line for minutes that nobody used as well. */
function linesThatCount<Line extends { amount: bigint }>(lines: readonly Line[]): readonly Line[] {
  const counted = lines.filter(({ amount }) => amount !== 0n);
  return counted.length > 0 ? counted : lines;
}
