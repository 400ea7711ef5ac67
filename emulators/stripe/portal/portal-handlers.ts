import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { newId } from "../state/ids";
import { nowOf } from "../world";

type ConfigurationParams = Stripe.BillingPortal.ConfigurationCreateParams;
type Features = Stripe.BillingPortal.Configuration.Features;

export const portalHandlers: Handlers<
  | "BillingPortal/Configurations.create"
  | "BillingPortal/Configurations.retrieve"
  | "BillingPortal/Configurations.update"
  | "BillingPortal/Configurations.list"
  | "BillingPortal/Sessions.create"
> = {
  "BillingPortal/Configurations.create": handler<ConfigurationParams>(({ world, books, params }) => {
    const now = nowOf(world, books, null);
    const configuration = {
      id: newId("bpc"),
      object: "billing_portal.configuration",
      active: true,
      application: null,
      business_profile: {
        headline: params.business_profile?.headline || null,
        privacy_policy_url: params.business_profile?.privacy_policy_url ?? null,
        terms_of_service_url: params.business_profile?.terms_of_service_url ?? null,
      },
      created: now,
      default_return_url: params.default_return_url || null,
      features: featuresOf(params.features),
      is_default: books.portalConfigurations.size() === 0,
      livemode: false,
      login_page: { enabled: false, url: null },
      metadata: mergeMetadata({}, params.metadata),
      name: params.name || null,
      updated: now,
    } as Stripe.BillingPortal.Configuration;
    checkProducts({ books }, configuration);
    books.portalConfigurations.save(configuration);
    recordEvent(world, books, "billing_portal.configuration.created", configuration);
    return configuration;
  }),
  "BillingPortal/Configurations.retrieve": ({ books, ids }) =>
    need(books.portalConfigurations, ids.id, "configuration"),
  "BillingPortal/Configurations.update": handler<Stripe.BillingPortal.ConfigurationUpdateParams>(
    ({ world, books, params, ids }) => {
      const configuration = need(books.portalConfigurations, ids.id, "configuration");
      if (params.active !== undefined) configuration.active = params.active;
      if (params.default_return_url !== undefined) configuration.default_return_url = params.default_return_url || null;
      if (params.business_profile?.headline !== undefined)
        configuration.business_profile.headline = params.business_profile.headline || null;
      if (params.features)
        configuration.features = featuresOf(params.features as ConfigurationParams["features"], configuration.features);
      if (params.name !== undefined) configuration.name = params.name || null;
      configuration.metadata = mergeMetadata(configuration.metadata ?? {}, params.metadata);
      configuration.updated = nowOf(world, books, null);
      checkProducts({ books }, configuration);
      books.portalConfigurations.save(configuration);
      recordEvent(world, books, "billing_portal.configuration.updated", configuration);
      return configuration;
    },
  ),
  "BillingPortal/Configurations.list": handler<Stripe.BillingPortal.ConfigurationListParams>(({ books, params }) =>
    listPage(books.portalConfigurations, params, {
      url: "/v1/billing_portal/configurations",
      where: ({ active, is_default: isDefault }) =>
        (params.active === undefined || params.active === active) &&
        (params.is_default === undefined || params.is_default === isDefault),
    }),
  ),
  "BillingPortal/Sessions.create": handler<Stripe.BillingPortal.SessionCreateParams>(createSession),
};

function featuresOf(given: ConfigurationParams["features"], known?: Features): Features {
  const cancel = given.subscription_cancel;
  const update = given.subscription_update;
  const before = known?.subscription_update;
  return {
    customer_update: {
      allowed_updates: given.customer_update?.allowed_updates || known?.customer_update.allowed_updates || [],
      enabled: given.customer_update?.enabled ?? known?.customer_update.enabled ?? false,
    },
    invoice_history: { enabled: given.invoice_history?.enabled ?? known?.invoice_history.enabled ?? false },
    payment_method_update: {
      enabled: given.payment_method_update?.enabled ?? known?.payment_method_update.enabled ?? false,
      payment_method_configuration: null,
    },
    subscription_cancel: {
      cancellation_reason: {
        enabled:
          cancel?.cancellation_reason?.enabled ?? known?.subscription_cancel.cancellation_reason.enabled ?? false,
        options: cancel?.cancellation_reason?.options || known?.subscription_cancel.cancellation_reason.options || [],
      },
      enabled: cancel?.enabled ?? known?.subscription_cancel.enabled ?? false,
      mode: cancel?.mode ?? known?.subscription_cancel.mode ?? "at_period_end",
      proration_behavior: cancel?.proration_behavior ?? known?.subscription_cancel.proration_behavior ?? "none",
    },
    subscription_update: {
      billing_cycle_anchor: update?.billing_cycle_anchor ?? before?.billing_cycle_anchor ?? null,
      default_allowed_updates: update?.default_allowed_updates || before?.default_allowed_updates || [],
      enabled: update?.enabled ?? before?.enabled ?? false,
      products: update?.products
        ? update.products.map(({ product, prices }) => ({
            adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
            prices,
            product,
          }))
        : (before?.products ?? []),
      proration_behavior: update?.proration_behavior ?? before?.proration_behavior ?? "none",
      schedule_at_period_end: {
        conditions: update?.schedule_at_period_end?.conditions ?? before?.schedule_at_period_end.conditions ?? [],
      },
      trial_update_behavior: update?.trial_update_behavior ?? before?.trial_update_behavior ?? "end_trial",
    },
  } as unknown as Features;
}

function checkProducts({ books }: Pick<Call, "books">, { features }: Stripe.BillingPortal.Configuration): void {
  const { enabled, products, default_allowed_updates: updates } = features.subscription_update;
  if (!enabled) return;
  if (!products?.length)
    throw invalid(
      "You must specify products when subscription_update is enabled.",
      "features[subscription_update][products]",
      "parameter_missing",
    );
  if (updates.length === 0)
    throw invalid(
      "You must specify what may be updated.",
      "features[subscription_update][default_allowed_updates]",
      "parameter_missing",
    );
  for (const [index, { product, prices }] of products.entries()) {
    const param = `features[subscription_update][products][${index}]`;
    need(books.products, product, "product", `${param}[product]`);
    for (const price of prices) {
      const found = need(books.prices, price, "price", `${param}[prices]`);
      if (found.product !== product)
        throw invalid(`The price ${price} is not of product ${product}.`, `${param}[prices]`);
      if (found.recurring?.usage_type === "metered")
        throw invalid("Metered prices cannot be changed in the portal.", `${param}[prices]`);
    }
  }
}

function createSession({ world, books, params }: Call<Stripe.BillingPortal.SessionCreateParams>): object {
  if (!params.customer) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = need(books.customers, params.customer, "customer", "customer");
  const configuration = params.configuration
    ? need(books.portalConfigurations, params.configuration, "configuration", "configuration")
    : books.portalConfigurations.all().find((each) => each.is_default);
  if (!configuration)
    throw invalid(
      "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
    );
  if (params.flow_data?.type === "subscription_update" && !configuration.features.subscription_update.enabled)
    throw invalid(
      "This subscription cannot be updated because the subscription update feature in the portal configuration is disabled.",
      "flow_data[type]",
    );
  const id = newId("bps");
  const session = {
    id,
    object: "billing_portal.session",
    configuration: configuration.id,
    created: nowOf(world, books, null),
    customer: customer.id,
    customer_account: null,
    flow: params.flow_data
      ? {
          after_completion: params.flow_data.after_completion ?? {
            type: "portal_homepage",
            hosted_confirmation: null,
            redirect: null,
          },
          subscription_cancel: params.flow_data.subscription_cancel ?? null,
          subscription_update: params.flow_data.subscription_update ?? null,
          subscription_update_confirm: params.flow_data.subscription_update_confirm ?? null,
          type: params.flow_data.type,
        }
      : null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${world.origin()}/p/session/${id}`,
  } as unknown as Stripe.BillingPortal.Session;
  books.portalSessions.save(session);
  recordEvent(world, books, "billing_portal.session.created", session);
  return session;
}
