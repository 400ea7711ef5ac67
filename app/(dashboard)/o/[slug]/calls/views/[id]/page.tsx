import { Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { OneButtonForm } from "@/components/forms/one-button-form";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { listAgents } from "@/lib/agents";
import { getCallView } from "@/lib/calls";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { outcomeWords } from "../../../_components/call-words";
import { orNotFound } from "../../../_components/or-not-found";
import { ViewForm } from "../../_components/view-form";
import { changeView, deleteView } from "../../actions";
import { viewHref } from "../../calls-query";

export const metadata: Metadata = { title: "View of the calls" };

export default async function CallViewPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { ctx } = await memberContext(slug);
  const view = await orNotFound(getCallView(ctx, id));
  const mayShare = may(ctx.actor, "calls.write");
  const back = { href: viewHref(`/o/${slug}/calls`, view), label: "The calls in it" };
  if (view.isShared && !mayShare)
    return (
      <NotAllowed title={view.name} back={back} who="Members, admins and the owner can change everybody’s views" />
    );
  const { q, day, outcome, review, agent } = view.filter;
  const kept = [
    q && `“${q}”`,
    day && (day === "today" ? "Today" : day),
    review && "Needs review",
    outcome && outcomeWords[outcome].word,
    agent && ((await listAgents(ctx)).find((each) => each.id === agent)?.name ?? "An agent that is gone"),
  ].filter(Boolean);
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title={<span className="break-words">{view.name}</span>}
        description={`Shows the calls with: ${kept.join(" · ")}`}
        back={back}
      />
      <ViewForm
        action={changeView.bind(null, slug, id)}
        view={view}
        mayShare={mayShare}
        back={{ ...back, label: "Back" }}
      />
      <details>
        <summary className={buttonClass({ className: "list-none" })}>
          <Trash2 aria-hidden />
          Delete view
        </summary>
        <div className="mt-3 flex flex-col gap-3">
          <p>
            “{view.name}” goes for {view.isShared ? "everybody" : "good"}. The calls in it stay.
          </p>
          <OneButtonForm action={deleteView.bind(null, slug, id)} label={`Delete “${view.name}”`} variant="danger" />
        </div>
      </details>
    </div>
  );
}
