import type Stripe from "stripe";
import type { HttpReply, Route } from "../../http/router";
import { invalid, StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import { finalizeInvoice } from "../invoices/finalize";
import { showMoney } from "../money/amounts";
import { attachTo, createMethod, readCard } from "../payments/payment-methods";
import type { Books } from "../state/books";
import { idOf } from "../state/ids";
import { changeSubscription } from "../subscriptions/change";
import { endNow } from "../subscriptions/end";
import { beginPaid } from "../subscriptions/moments";
import { isMetered, periodOf } from "../subscriptions/parts";
import { planSubscription } from "../subscriptions/plan-moments";
import { nowOf, type World } from "../world";
import { findAnywhere, pageRoute } from "./find";
import { alert, cardFields, cardFrom, type Html, html, page, redirect, showDay } from "./html";

interface Visit {
  world: World;
  books: Books;
  session: Stripe.BillingPortal.Session;
  customer: Stripe.Customer;
  features: Stripe.BillingPortal.Configuration.Features;
}

/** The customer portal: plan, cancelling, card and invoices, each as the configuration allows. */
export function portalPages(world: World): Route[] {
  const act = (name: string, run: (visit: Visit, form: URLSearchParams) => void): Route =>
    pageRoute(world, "POST", `/p/session/:id/${name}`, ({ params }, form) => {
      const visit = visitOf(world, params.id);
      try {
        run(visit, form);
        return redirect(`/p/session/${visit.session.id}`);
      } catch (error) {
        if (!(error instanceof StripeError)) throw error;
        return portalPage(visit, error.message, 402);
      }
    });
  return [
    pageRoute(world, "GET", "/p/session/:id", ({ params }) => portalPage(visitOf(world, params.id), undefined)),
    act("card", updateCard),
    act("cancel", cancel),
    act("keep", ({ books, customer }, form) => {
      changeSubscription(world, books, subscriptionOf(books, customer, form), { cancel_at_period_end: false });
    }),
    act("plan", changePlan),
    act("resume", ({ books, customer }, form) => {
      const subscription = subscriptionOf(books, customer, form);
      if (subscription.status !== "paused") throw invalid("This plan is not paused.");
      const now = nowOf(world, books, idOf(subscription.test_clock));
      const invoice = beginPaid(world, books, subscription, now, now);
      if (invoice?.status === "draft") finalizeInvoice(world, books, invoice);
      planSubscription(world, books, subscription);
    }),
  ];
}

function visitOf(world: World, id: string | undefined): Visit {
  const { books, value: session } = findAnywhere(world, "portalSessions", id);
  const customer = books.customers.get(String(session.customer));
  const configuration = books.portalConfigurations.get(idOf(session.configuration));
  if (!customer || !configuration) throw new StripeError(404, "This session is over.");
  return { world, books, session, customer, features: configuration.features };
}

function subscriptionOf(books: Books, customer: Stripe.Customer, form: URLSearchParams): Stripe.Subscription {
  const found = books.subscriptions.get(form.get("subscription") ?? "");
  if (!found || found.customer !== customer.id) throw new StripeError(404, "No such plan.");
  return found;
}

function updateCard({ world, books, customer, features }: Visit, form: URLSearchParams): void {
  if (!features.payment_method_update.enabled) throw invalid("Cards cannot be changed here.");
  const card = cardFrom(form);
  if (!card) throw new StripeError(402, "Your card number is incomplete.");
  const method = createMethod(world, books, {}, readCard(card, "card", nowOf(world, books, null)));
  attachTo(world, books, method.id, customer.id, "payment_method");
  customer.invoice_settings.default_payment_method = method.id;
  books.customers.save(customer);
  for (const subscription of books.subscriptions.all("customer", customer.id)) {
    if (subscription.default_payment_method === null || subscription.status === "canceled") continue;
    subscription.default_payment_method = method.id;
    books.subscriptions.save(subscription);
  }
  recordEvent(world, books, "customer.updated", customer, { testClock: idOf(customer.test_clock) });
}

function cancel({ world, books, customer, features }: Visit, form: URLSearchParams): void {
  const { enabled, mode, proration_behavior: behavior } = features.subscription_cancel;
  if (!enabled) throw invalid("Plans cannot be cancelled here.");
  const subscription = subscriptionOf(books, customer, form);
  if (mode === "at_period_end") changeSubscription(world, books, subscription, { cancel_at_period_end: true });
  else endNow(world, books, subscription, { invoiceNow: behavior !== "none", prorate: behavior !== "none" });
}

function changePlan({ world, books, customer, features }: Visit, form: URLSearchParams): void {
  const { enabled, products, proration_behavior: behavior } = features.subscription_update;
  const subscription = subscriptionOf(books, customer, form);
  const price = form.get("price") ?? "";
  if (!enabled || !products?.some(({ prices }) => prices.includes(price)))
    throw invalid("This plan cannot be chosen here.");
  const item = subscription.items.data.find((each) => !isMetered(each));
  if (!item) throw invalid("This plan cannot be changed here.");
  changeSubscription(world, books, subscription, {
    items: [{ id: item.id, price }],
    proration_behavior: behavior,
    payment_behavior: behavior === "always_invoice" ? "error_if_incomplete" : "allow_incomplete",
  });
}

function portalPage(
  { world, books, session, customer, features }: Visit,
  error: string | undefined,
  status = 200,
): HttpReply {
  const at = `/p/session/${session.id}`;
  const subscriptions = books.subscriptions
    .all("customer", customer.id)
    .filter((each) => !["canceled", "incomplete_expired"].includes(each.status));
  const invoices = [...books.invoices.all("customer", customer.id)].reverse().filter((each) => each.status !== "draft");
  const method = books.paymentMethods.get(
    idOf(customer.invoice_settings.default_payment_method) ?? idOf(subscriptions[0]?.default_payment_method) ?? "",
  );
  const plans = subscriptions.map((subscription) => planCard(books, subscription, features, at));
  const history = invoices
    .slice(0, 24)
    .map(
      (invoice) =>
        html`<tr><td><a href="${invoice.hosted_invoice_url}">${invoice.number}</a> · ${showDay(invoice.created)} · ${invoice.status}</td><td>${showMoney(invoice.total, invoice.currency)}</td></tr>`,
    );
  const body = html`<p class="soft">${world.settings.businessName}</p><h1>Billing</h1>${session.return_url ? html`<p><a href="${session.return_url}">Return to ${world.settings.businessName}</a></p>` : ""}${alert(error)}
<h2>Current plan</h2>${plans.length > 0 ? plans : html`<p>There is no plan.</p>`}
<h2>Payment method</h2><p>${method?.card ? `${method.card.brand} ending in ${method.card.last4}, ${method.card.exp_month}/${method.card.exp_year}` : "There is none."}</p>
${features.payment_method_update.enabled ? html`<details><summary>Update the card</summary><form method="post" action="${at}/card">${cardFields()}<button>Save card</button></form></details>` : ""}
${features.invoice_history.enabled ? html`<h2>Invoices</h2>${history.length > 0 ? html`<table><thead><tr><th>Invoice</th><th>Total</th></tr></thead><tbody>${history}</tbody></table>` : html`<p>There are none yet.</p>`}` : ""}`;
  return page("Billing", body, status);
}

function planCard(
  books: Books,
  subscription: Stripe.Subscription,
  features: Stripe.BillingPortal.Configuration.Features,
  at: string,
): Html {
  const item = subscription.items.data.find((each) => !isMetered(each));
  const name = (price: Stripe.Price) =>
    `${books.products.get(idOf(price.product))?.name ?? "Plan"}, ${showMoney(price.unit_amount ?? 0, price.currency)} / ${price.recurring?.interval}`;
  const { end } = periodOf(subscription);
  const hidden = html`<input type="hidden" name="subscription" value="${subscription.id}">`;
  const choices = (features.subscription_update.products ?? [])
    .flatMap(({ prices }) => prices)
    .flatMap((id) => books.prices.get(id) ?? [])
    .filter((price) => price.currency === subscription.currency && price.id !== item?.price.id);
  const select = `plan-${subscription.id}`;
  return html`<div class="card"><strong>${item ? name(item.price) : "Usage"}</strong><br><span class="soft">${subscription.status}; ${subscription.cancel_at_period_end ? "ends" : "renews"} ${showDay(end)}</span>
${features.subscription_update.enabled && choices.length > 0 ? html`<form method="post" action="${at}/plan">${hidden}<label for="${select}">Change plan</label><select id="${select}" name="price">${choices.map((price) => html`<option value="${price.id}">${name(price)}</option>`)}</select><button>Change plan</button></form>` : ""}
${subscription.status === "paused" ? html`<form method="post" action="${at}/resume">${hidden}<button>Resume plan</button></form>` : ""}
${!features.subscription_cancel.enabled ? "" : subscription.cancel_at_period_end ? html`<form method="post" action="${at}/keep">${hidden}<button>Don’t cancel</button></form>` : html`<form method="post" action="${at}/cancel">${hidden}<button class="quiet">Cancel plan</button></form>`}</div>`;
}
