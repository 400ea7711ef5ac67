import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { render } from "../answers/render";
import { searchPage } from "../answers/search";
import { type Call, emptied, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { newId } from "../state/ids";
import { nowOf } from "../world";
import { createPrice } from "./prices";

const url = "/v1/products";

export const productHandlers: Handlers<
  "Products.create" | "Products.retrieve" | "Products.update" | "Products.del" | "Products.list" | "Products.search"
> = {
  "Products.create": handler<Stripe.ProductCreateParams>(create),
  "Products.retrieve": handler(({ books, ids }) => need(books.products, ids.id, "product")),
  "Products.update": handler<Stripe.ProductUpdateParams>(update),
  "Products.del": handler(({ world, books, ids }) => {
    const product = need(books.products, ids.id, "product");
    if (books.prices.all("product", product.id).length > 0)
      throw invalid("This product cannot be deleted because it has one or more user-created prices.");
    books.products.delete(product.id);
    recordEvent(world, books, "product.deleted", product);
    return { id: product.id, object: "product", deleted: true };
  }),
  "Products.list": handler<Stripe.ProductListParams>(({ books, params }) =>
    listPage(books.products, params, {
      url,
      where: (product) =>
        (params.active === undefined || product.active === params.active) &&
        (params.ids === undefined || params.ids.includes(product.id)),
    }),
  ),
  "Products.search": handler<Stripe.ProductSearchParams>(({ books, params }) =>
    searchPage(books.products, params, `${url}/search`),
  ),
};

function create(call: Call<Stripe.ProductCreateParams>): object {
  const { world, books, params } = call;
  if (params.id !== undefined && books.products.get(params.id))
    throw invalid(`Product already exists.`, "id", "resource_already_exists");
  const created = nowOf(world, books, null);
  const product: Stripe.Product = {
    id: params.id ?? newId("prod", 14),
    object: "product",
    active: params.active ?? true,
    created,
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: (params.marketing_features ?? []).map(({ name }) => ({ name })),
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: params.package_dimensions ?? null,
    shippable: params.shippable ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: params.type ?? "service",
    unit_label: params.unit_label ?? null,
    updated: created,
    url: params.url ?? null,
  };
  books.products.save(product);
  recordEvent(world, books, "product.created", product);
  if (params.default_price_data) {
    const price = createPrice(call, { ...params.default_price_data, product: product.id } as Stripe.PriceCreateParams);
    product.default_price = price.id;
    books.products.save(product);
  }
  return product;
}

function update({ world, books, params, ids }: Call<Stripe.ProductUpdateParams>): object {
  const product = need(books.products, ids.id, "product");
  const before = render(books, product) as Stripe.Product;
  if (params.default_price) need(books.prices, params.default_price, "price", "default_price");
  if (params.active !== undefined) product.active = params.active;
  if (params.default_price !== undefined) product.default_price = params.default_price;
  if (params.description !== undefined) product.description = emptied(params.description);
  if (params.images !== undefined) product.images = params.images || [];
  if (params.marketing_features !== undefined)
    product.marketing_features = (params.marketing_features || []).map(({ name }) => ({ name }));
  if (params.name !== undefined) product.name = params.name;
  if (params.statement_descriptor !== undefined) product.statement_descriptor = params.statement_descriptor;
  if (params.tax_code !== undefined) product.tax_code = emptied(params.tax_code);
  if (params.unit_label !== undefined) product.unit_label = emptied(params.unit_label);
  if (params.url !== undefined) product.url = emptied(params.url);
  product.metadata = mergeMetadata(product.metadata, params.metadata);
  product.updated = nowOf(world, books, null);
  books.products.save(product);
  recordEvent(world, books, "product.updated", product, { previous: changes(before, product) });
  return product;
}

/** The former values of what changed. */
export function changes<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(before) as (keyof T)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, before[name]]),
  ) as Partial<T>;
}
