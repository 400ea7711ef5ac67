import type { ReactNode } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { SelectOption } from "@/components/ui/select";
import { Status } from "@/components/ui/status";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveBusinessStep, saveChannelStep, saveOfferStep, skipStep, testCallStep } from "../actions";
import type { OfferValues } from "../offer-values";
import { BusinessStep } from "./business-step";
import { ChannelStep } from "./channel-step";
import { OfferStep } from "./offer-step";
import { openInWords } from "./open-in-words";
import { AgentPreview, PreviewProvider } from "./preview";
import { TestCallStep } from "./test-call-step";

const titles = ["Your business", "Hours and services", "How callers reach you", "Place a test call"];

type Props = {
  org: { slug: string; name: string; currency: string };
  /** The step that is open. */
  open: number;
  /** The furthest step; those before it can be gone back to. */
  reached: number;
  isDone: boolean;
  channel: string;
  canCallHere: boolean;
  business: Record<"name" | "trade" | "country" | "timeZone", string>;
  options: { countries: SelectOption[]; zones: SelectOption[] };
  offer: OfferValues;
  agent: { name: string; greeting: string };
};

/** Four steps on one page beside what the agent would say. Each can be skipped and come back to. */
export function Onboarding(props: Props) {
  const { org, open, reached, isDone, offer, agent } = props;
  const forms: ReactNode[] = [
    <BusinessStep
      key="1"
      action={saveBusinessStep.bind(null, org.slug)}
      values={props.business}
      options={props.options}
    />,
    <OfferStep key="2" action={saveOfferStep.bind(null, org.slug)} currency={org.currency} values={offer} />,
    <ChannelStep
      key="3"
      action={saveChannelStep.bind(null, org.slug)}
      channel={props.channel}
      canCallHere={props.canCallHere}
    />,
    <TestCallStep
      key="4"
      slug={org.slug}
      action={testCallStep.bind(null, org.slug)}
      channel={props.channel}
      canCallHere={props.canCallHere}
    />,
  ];
  return (
    <PreviewProvider
      initial={{
        business: org.name,
        agent: agent.name,
        greeting: agent.greeting,
        service: offer.services[0]?.name ?? "",
        open: openInWords(offer.days),
      }}
    >
      <PageHeader title="Set up Caly" description="Four short steps; each can be skipped and changed later." />
      <ProgressBar
        label={isDone ? "Everything is set up" : `Step ${open} of ${titles.length}`}
        value={isDone ? titles.length : reached - 1}
        max={titles.length}
      />
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <ol className="flex min-w-0 flex-col gap-3">
          {titles.map((title, index) => {
            const n = index + 1;
            const isOpen = n === open;
            const isPast = isDone || n < reached;
            return (
              <li key={title} aria-current={isOpen ? "step" : undefined}>
                <Card>
                  <div className="flex items-center gap-3 px-4 py-3">
                    <h2 className="flex-1 text-heading font-semibold">
                      <span className="tabular text-muted">{n}.</span> {title}
                    </h2>
                    {!isOpen && isPast && <Status kind="done">Done</Status>}
                    {!isOpen && (isPast || n === reached) && (
                      <a href={`/o/${org.slug}/onboarding?step=${n}`} className="font-medium text-accent-ink underline">
                        {isPast ? "Change" : "Open"}
                      </a>
                    )}
                  </div>
                  {isOpen && (
                    <CardBody className="first:pt-0">
                      {forms[index]}
                      <form action={skipStep.bind(null, org.slug, n)} className="mt-3">
                        <SubmitButton variant="ghost" size="sm">
                          {n === titles.length ? "Finish without a call" : "Skip for now"}
                        </SubmitButton>
                      </form>
                    </CardBody>
                  )}
                </Card>
              </li>
            );
          })}
        </ol>
        <AgentPreview />
      </div>
    </PreviewProvider>
  );
}
