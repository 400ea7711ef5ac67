"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { readPrice } from "@/components/scheduling/read-price";
import {
  cancelSubscription,
  changePlan,
  findSubscription,
  openPortal,
  resumeSubscription,
  setSpendingCap,
  startCheckout,
} from "@/lib/billing";
import type { PlanChoice } from "@/lib/billing/schemas";
import { type ActionState, done, failed, formValues, leaveFor, waitsFor } from "@/lib/platform/form-state";
import { app } from "@/lib/wiring/app";
import { type Billing, billingFor } from "@/lib/wiring/billing";
import { type MemberContext, memberAction } from "@/lib/wiring/member-context";
import { refusalInWords } from "./refusals";

type Asked = MemberContext & { port: Billing["port"]; page: string };

/** As an owner, with the engine that collects; `page` is the address of the billing page as the engine sends people back to it. */
const asOwner = (slug: string, form: FormData, act: (asked: Asked) => Promise<ActionState>) =>
  memberAction(slug, { permission: "billing.manage", form }, async (member) => {
    const { env } = await app();
    const billing = billingFor(env.stripe);
    if (!billing) return failed("Billing is not set up on this installation.");
    return act({ ...member, port: billing.port, page: `${env.appUrl}/o/${slug}/billing` });
  });

const choiceOf = (form: FormData) => formValues(form) as unknown as PlanChoice;

export async function choosePlan(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return asOwner(slug, form, async ({ ctx, port, page }) => {
    const pages = { returnUrl: `${page}?paid=1`, cancelUrl: `${page}/plans` };
    const started = await startCheckout(ctx, port, { ...choiceOf(form), ...pages });
    if (!started.ok) return failed(refusalInWords(started.reason));
    return leaveFor(started.value.url);
  });
}

export async function goToPortal(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return asOwner(slug, form, async ({ ctx, port, page }) => {
    const opened = await openPortal(ctx, port, { returnUrl: page });
    if (!opened.ok) return failed(refusalInWords(opened.reason));
    return leaveFor(opened.value.url);
  });
}

/** What was shown comes back with the form: when it was computed and what it came to. */
export async function confirmChange(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return asOwner(slug, form, async ({ ctx, port }) => {
    const { at = "", dueNow = "" } = formValues(form);
    const changed = await changePlan(ctx, port, {
      ...choiceOf(form),
      at: new Date(at),
      dueNow: /^-?\d{1,15}$/.test(dueNow) ? BigInt(dueNow) : (dueNow as never),
    });
    if (!changed.ok && changed.reason === "confirmation_needed") {
      const remedy = { href: changed.detail.url, label: "Confirm it on the invoice’s page" };
      return waitsFor(refusalInWords(changed.reason), remedy);
    }
    if (!changed.ok) return failed(refusalInWords(changed.reason));
    redirect(`/o/${slug}/billing`);
  });
}

export async function cancelPlan(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return asOwner(slug, form, async ({ ctx, port }) => {
    const cancelled = await cancelSubscription(ctx, port);
    if (!cancelled.ok) return failed(refusalInWords(cancelled.reason));
    refresh();
    return done();
  });
}

export async function resumePlan(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return asOwner(slug, form, async ({ ctx, port }) => {
    const resumed = await resumeSubscription(ctx, port);
    if (!resumed.ok) return failed(refusalInWords(resumed.reason));
    refresh();
    return done();
  });
}

export async function saveCap(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission: "billing.manage", form }, async ({ ctx }) => {
    const subscription = await findSubscription(ctx);
    if (!subscription) return failed(refusalInWords("not_subscribed"));
    const typed = readPrice(String(form.get("cap") ?? ""), subscription.currency);
    const wrong = `Write an amount in ${subscription.currency}, like 50, or nothing for no limit.`;
    if (typed === undefined) return failed("The limit was not saved.", { cap: wrong });
    const saved = await setSpendingCap(ctx, { cap: typed === null ? null : BigInt(typed) });
    if (!saved.ok) return failed(refusalInWords(saved.reason));
    refresh();
    return done(saved.value.cap === null ? "Saved: there is no limit." : "Saved. It holds from now on.");
  });
}
