import "server-only";

export { stripeBilling } from "./catalog";
export { API_VERSION, type StripeConfig } from "./client";
export { TOLERANCE_SECONDS, verifyStripeSignature } from "./verify";
