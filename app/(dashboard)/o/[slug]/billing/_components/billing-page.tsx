import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import type { Organization } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import { app } from "@/lib/wiring/app";
import { billingFor } from "@/lib/wiring/billing";
import { BillingTabs } from "./billing-tabs";

type Props = {
  member: { ctx: Context; org: Organization };
  current: Parameters<typeof BillingTabs>[0]["current"];
  title?: string;
  description?: string;
  back?: { href: string; label: string };
  actions?: ReactNode;
  /** Read only once it is certain that this member may see it; undefined where there is nothing billed here. */
  children: () => Promise<ReactNode>;
};

/** The frame of the billing pages: who may see them, where one is, and that no money moves while it is tried. */
export async function BillingPage({ member, current, title = "Billing", children, ...header }: Props) {
  const { ctx, org } = member;
  if (!may(ctx.actor, "billing.read"))
    return (
      <>
        <PageHeader title={title} />
        <ErrorState title="Owners and admins can see the billing">Ask one of them to change your role.</ErrorState>
      </>
    );
  const content = await children();
  const isEmulated = billingFor((await app()).env.stripe)?.at === "emulator";
  return (
    <>
      <PageHeader title={title} {...header} />
      <BillingTabs slug={org.slug} current={current} />
      {isEmulated && (
        <p className="mb-4 flex items-center gap-2 rounded-lg border border-dashed px-3 py-2 text-xs text-muted">
          <FlaskConical aria-hidden className="size-4 shrink-0" />
          Test mode: no money moves. Cards, invoices and letters are made up by an emulator on this machine.
        </p>
      )}
      {content ?? (
        <EmptyState title="Nothing is billed here">
          This installation has no billing set up: calls are counted, nothing is charged and nothing is limited.
        </EmptyState>
      )}
    </>
  );
}
