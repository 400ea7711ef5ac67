import "server-only";

export { TOLERANCE_SECONDS, verifyStripeSignature } from "./verify";
