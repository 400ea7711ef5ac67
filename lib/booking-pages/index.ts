import "server-only";

export { bookFromPage, type PageRefusal } from "./book-from-page";
export { findBookingPage } from "./find-booking-page";
export { getBookingPage } from "./get-booking-page";
export { getPublicPage } from "./get-public-page";
export { saveBookingPage } from "./save-booking-page";
