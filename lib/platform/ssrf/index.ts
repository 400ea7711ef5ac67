export { BlockedAddress, isPublicAddress } from "./address";
export { BodyTooLarge, type GuardedRequest, guardedFetch } from "./guarded-fetch";
