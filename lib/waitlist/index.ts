import "server-only";

export { acceptOffer } from "./accept-offer";
export { declineOffer } from "./decline-offer";
export { endDueHold } from "./end-due-hold";
export { findOfferLink } from "./find-offer-link";
export { freedTimeOfEvent, offerOfEvent } from "./freed-time-of-event";
export { getOffer } from "./get-offer";
export { type Joined, joinWaitlist } from "./join-waitlist";
export { leaveWaitlist } from "./leave-waitlist";
export { findOpenOffers, listWaitlist } from "./list-waitlist";
export { offerByHand } from "./offer-by-hand";
export { type FreedTime, offerFreedTime } from "./offer-freed-time";
export { tellOfOffer } from "./tell-of-offer";
