import type { Route } from "../../http/router";
import type { World } from "../world";
import { checkoutPages } from "./checkout-page";
import { invoicePages } from "./invoice-page";
import { portalPages } from "./portal-page";

/** What a customer's browser sees. */
export const pageRoutes = (world: World): Route[] => [
  ...checkoutPages(world),
  ...invoicePages(world),
  ...portalPages(world),
];
