import type Stripe from "stripe";
import type { HttpReply, Route } from "../../http/router";
import { completeSession, type Submission } from "../checkout/complete";
import { StripeError } from "../errors";
import { decimalText, showMoney, showUnit } from "../money/amounts";
import type { Books } from "../state/books";
import { newId } from "../state/ids";
import type { World } from "../world";
import { findAnywhere, pageRoute } from "./find";
import { alert, cardFields, cardFrom, type Html, html, page, redirect } from "./html";

/** The hosted Checkout page: what is bought, a card, and the bank's question where a card asks one. */
export function checkoutPages(world: World): Route[] {
  /** What was filled in while the bank is asking. */
  const waiting = new Map<string, { session: string; given: Submission }>();

  function submit(session: string, given: Submission): HttpReply {
    const { books, value } = findAnywhere(world, "sessions", session);
    try {
      const result = completeSession(world, books, value, given);
      if (result.kind === "done") return redirect(successUrl(result.session));
      const token = newId("auth");
      waiting.set(token, { session, given });
      return redirect(`/c/auth/${token}`);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return checkoutPage(world, books, value, error.message, given);
    }
  }

  return [
    pageRoute(world, "GET", "/c/pay/:id", ({ params }) => {
      const { books, value } = findAnywhere(world, "sessions", params.id);
      return value.status === "open" ? checkoutPage(world, books, value, undefined) : closedPage(value);
    }),
    pageRoute(world, "POST", "/c/pay/:id", ({ params }, form) => {
      const { value } = findAnywhere(world, "sessions", params.id);
      if (value.status !== "open") return closedPage(value);
      const [email, name] = [form.get("email")?.trim(), form.get("name")?.trim()];
      return submit(value.id, { ...(email ? { email } : {}), ...(name ? { name } : {}), card: cardFrom(form) });
    }),
    pageRoute(world, "GET", "/c/auth/:token", ({ params }) => bankPage(`/c/auth/${params.token}`)),
    pageRoute(world, "POST", "/c/auth/:token", ({ params }, form) => {
      const found = waiting.get(params.token ?? "");
      if (!found) throw new StripeError(404, "This question was answered already.");
      waiting.delete(params.token ?? "");
      if (form.get("answer") === "pass") return submit(found.session, { ...found.given, isAuthenticated: true });
      const { books, value } = findAnywhere(world, "sessions", found.session);
      return checkoutPage(
        world,
        books,
        value,
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
        found.given,
      );
    }),
  ];
}

const successUrl = (session: Stripe.Checkout.Session): string =>
  (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);

const closedPage = (session: Stripe.Checkout.Session): HttpReply =>
  page(
    "Checkout",
    session.status === "complete"
      ? html`<h1>You’re all done here</h1><p>This checkout is complete. <a href="${successUrl(session)}">Continue</a></p>`
      : html`<h1>This checkout has expired</h1>${session.cancel_url ? html`<p><a href="${session.cancel_url}">Go back</a></p>` : ""}`,
  );

export const bankPage = (action: string): HttpReply =>
  page(
    "Your bank asks",
    html`<h1>Your bank asks whether this is you</h1><p>This is where a bank would ask for a code.</p>
<form method="post" action="${action}"><button name="answer" value="pass">Complete authentication</button><button class="quiet" name="answer" value="fail">Fail authentication</button></form>`,
  );

function checkoutPage(
  world: World,
  books: Books,
  session: Stripe.Checkout.Session,
  error: string | undefined,
  given?: Submission,
): HttpReply {
  const order = books.sessionOrders.get(session.id);
  const days = order?.params.subscription_data?.trial_period_days;
  const isCardOptional =
    session.mode === "subscription" &&
    session.payment_method_collection === "if_required" &&
    session.amount_total === 0;
  const currency = session.currency ?? "usd";
  const customer = typeof session.customer === "string" ? books.customers.get(session.customer) : undefined;
  const email = given?.email ?? customer?.email ?? session.customer_email ?? "";
  const name = given?.name ?? customer?.name ?? "";
  const verb =
    session.mode === "setup"
      ? "Save card"
      : days
        ? "Start trial"
        : session.mode === "subscription"
          ? "Subscribe"
          : "Pay";
  const due =
    session.mode === "setup"
      ? ""
      : html`<p><strong>Due today: ${showMoney(session.amount_total ?? 0, currency)}</strong></p>`;
  const body = html`<p class="soft">${world.settings.businessName}</p><h1>${session.mode === "setup" ? "Save a card" : "Checkout"}</h1>
${days ? html`<p>${days} days free, then as below.</p>` : ""}
${(order?.items.length ?? 0) > 0 ? html`<table><thead><tr><th>Item</th><th>Amount</th></tr></thead><tbody>${order?.items.map(itemRow)}</tbody></table>` : ""}
${due}${alert(error)}
<form method="post"><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="email" value="${email}" required>
<label for="name">Name</label><input id="name" name="name" autocomplete="name" value="${name}">
${isCardOptional ? html`<p class="soft">No card is needed for the trial.</p>` : cardFields()}
<button>${verb}</button></form>
${session.cancel_url ? html`<p><a href="${session.cancel_url}">Back without buying</a></p>` : ""}`;
  return page("Checkout", body, given ? 402 : 200);
}

function itemRow(item: Stripe.LineItem): Html {
  const price = item.price;
  const each = price?.recurring ? ` / ${price.recurring.interval}` : "";
  if (price?.recurring?.usage_type === "metered") {
    const last = price.tiers?.at(-1);
    const unit = decimalText(last?.unit_amount_decimal) ?? decimalText(price.unit_amount_decimal) ?? "0";
    const free =
      price.tiers && price.tiers.length > 1 && price.tiers[0]?.unit_amount === 0
        ? `${price.tiers[0].up_to} included, then `
        : "";
    return html`<tr><td>${item.description} (by use)</td><td>${free}${showUnit(unit, item.currency)} each</td></tr>`;
  }
  return html`<tr><td>${item.description}${(item.quantity ?? 1) > 1 ? ` × ${item.quantity}` : ""}</td><td>${showMoney(item.amount_total, item.currency)}${each}</td></tr>`;
}
