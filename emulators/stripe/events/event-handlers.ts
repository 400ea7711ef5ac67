import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { type ListParams, listPage } from "../answers/list";
import { type Call, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid, missing } from "../errors";
import type { Books } from "../state/books";
import { newId } from "../state/ids";
import { nowOf } from "../world";

const url = "/v1/webhook_endpoints";

export const eventHandlers: Handlers<
  | "Events.retrieve"
  | "Events.list"
  | "V2/Core/Events.retrieve"
  | "V2/Core/Events.list"
  | "WebhookEndpoints.create"
  | "WebhookEndpoints.retrieve"
  | "WebhookEndpoints.update"
  | "WebhookEndpoints.del"
  | "WebhookEndpoints.list"
> = {
  "Events.retrieve": ({ books, ids }) => find(books, ids.id, false),
  "Events.list": handler<Stripe.EventListParams>(({ books, params }) => {
    const wanted = params.types ?? (params.type ? [params.type] : undefined);
    const page = listPage(books.events, params, {
      url: "/v1/events",
      by: ["kind", "full"],
      where: ({ type }) => wanted === undefined || wanted.some((each) => isOfType(type, each)),
    });
    return { ...page, data: page.data.map(({ text }) => JSON.parse(text) as object) };
  }),
  "V2/Core/Events.retrieve": ({ books, ids }) => find(books, ids.id, true),
  "V2/Core/Events.list": handler<Stripe.V2.Core.EventListParams & { page?: string }>(listThin),
  "WebhookEndpoints.create": handler<Stripe.WebhookEndpointCreateParams>(({ world, books, params }) => {
    const endpoint = addEndpoint(books, nowOf(world, books, null), {
      url: params.url,
      events: params.enabled_events,
      description: params.description || null,
      metadata: mergeMetadata({}, params.metadata),
      apiVersion: params.api_version ?? null,
    });
    return { ...shown(endpoint), secret: endpoint.signingSecret };
  }),
  "WebhookEndpoints.retrieve": ({ books, ids }) => shown(need(books.webhookEndpoints, ids.id, "webhook endpoint")),
  "WebhookEndpoints.update": handler<Stripe.WebhookEndpointUpdateParams>(({ books, params, ids }) => {
    const endpoint = need(books.webhookEndpoints, ids.id, "webhook endpoint");
    if (params.url !== undefined) endpoint.url = checkUrl(params.url);
    if (params.enabled_events !== undefined) endpoint.enabled_events = [...params.enabled_events];
    if (params.disabled !== undefined) endpoint.status = params.disabled ? "disabled" : "enabled";
    if (params.description !== undefined) endpoint.description = params.description || null;
    endpoint.metadata = mergeMetadata(endpoint.metadata, params.metadata);
    return shown(books.webhookEndpoints.save(endpoint));
  }),
  "WebhookEndpoints.del": ({ books, ids }: Call) => {
    const { id } = need(books.webhookEndpoints, ids.id, "webhook endpoint");
    books.webhookEndpoints.delete(id);
    return { id, object: "webhook_endpoint", deleted: true };
  },
  "WebhookEndpoints.list": handler<ListParams>(({ books, params }) => {
    const page = listPage(books.webhookEndpoints, params, { url, where: ({ isThin }) => !isThin });
    return { ...page, data: page.data.map(shown) };
  }),
};

function find(books: Books, id: string | undefined, isThin: boolean): object {
  const event = books.events.get(id ?? "");
  if (!event || event.isThin !== isThin) throw missing("event", id ?? "");
  return JSON.parse(event.text) as object;
}

/** `customer.*` stands for all that begins so. */
const isOfType = (type: string, wanted: string) =>
  wanted === "*" || type === wanted || (wanted.endsWith(".*") && type.startsWith(wanted.slice(0, -1)));

function listThin({ books, params }: Call<Stripe.V2.Core.EventListParams & { page?: string }>): object {
  const limit = params.limit ?? 20;
  if (limit < 1 || limit > 100) throw invalid("limit must be between 1 and 100.", "limit");
  const all = params.object_id
    ? books.events.all("objectId", params.object_id).filter(({ isThin }) => isThin)
    : books.events.all("kind", "thin");
  const types = params.types;
  const found = [...all].reverse().filter(({ type }) => types === undefined || types.includes(type));
  const from = params.page === undefined ? 0 : Number(params.page);
  if (!Number.isSafeInteger(from) || from < 0) throw invalid("Invalid page.", "page");
  const query = new URLSearchParams({
    limit: String(limit),
    ...(params.object_id ? { object_id: params.object_id } : {}),
  });
  const pageUrl = (page: number) => `/v2/core/events?${query}&page=${page}`;
  return {
    data: found.slice(from, from + limit).map(({ text }) => JSON.parse(text) as object),
    next_page_url: from + limit < found.length ? pageUrl(from + limit) : null,
    previous_page_url: from > 0 ? pageUrl(Math.max(0, from - limit)) : null,
  };
}

export interface EndpointOrder {
  url: string;
  events?: readonly string[];
  isThin?: boolean;
  /** Several, separated by spaces, sign together: a rotation. */
  secret?: string | undefined;
  description?: string | null;
  metadata?: Record<string, string>;
  apiVersion?: string | null;
}

export function addEndpoint(
  books: Books,
  created: number,
  order: EndpointOrder,
): Stripe.WebhookEndpoint & { signingSecret: string } {
  return books.webhookEndpoints.save({
    id: newId(order.isThin ? "ed_test" : "we"),
    object: "webhook_endpoint",
    api_version: order.apiVersion ?? null,
    application: null,
    created,
    description: order.description ?? null,
    enabled_events: [...(order.events ?? ["*"])],
    livemode: false,
    metadata: order.metadata ?? {},
    status: "enabled",
    url: checkUrl(order.url),
    isThin: order.isThin ?? false,
    signingSecret: order.secret ?? `whsec_${createHash("sha256").update(newId("x")).digest("hex").slice(0, 32)}`,
  });
}

function checkUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid(`Invalid URL: ${text.slice(0, 200)}`, "url", "url_invalid");
  }
  if (url.protocol !== "https:" && !["127.0.0.1", "localhost", "[::1]"].includes(url.hostname))
    throw invalid("Invalid URL: URL must be publicly accessible.", "url", "url_invalid");
  return text;
}

function shown<T extends { signingSecret: string; isThin?: boolean }>(
  endpoint: T,
): Omit<T, "signingSecret" | "isThin"> {
  const { signingSecret: _secret, isThin: _thin, ...rest } = endpoint;
  return rest;
}
