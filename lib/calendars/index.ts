import "server-only";

export { type AlertToMail, alertToMail, markAlertMailed } from "./alert-to-mail";
export { chooseCalendars } from "./choose-calendars";
export { connectAccount, type NewAccount } from "./connect-account";
export { disconnectAccount } from "./disconnect-account";
export { expirePush } from "./expire-push";
export { forgetEverything } from "./forget-everything";
export { listAccounts } from "./list-accounts";
export { listCalendarAlerts } from "./list-alerts";
export { alertStaleCalendar } from "./raise-alerts";
export { type FeedContent, listCalendarFeeds, readCalendarFeed } from "./read-calendar-feed";
export { type BookingInvitation, type InvitedDate, readInvitation } from "./read-invitation";
export { requestSync } from "./request-sync";
export { rewriteContact } from "./rewrite-contact";
export { sayRefusal } from "./rules/say-refusal";
export { type SyncOutcome, syncCalendar } from "./sync-calendar";
export { retryWrites, writeBooking } from "./write-booking";
export { feedTokenHash, removeCalendarFeed, writeCalendarFeed } from "./write-calendar-feed";
