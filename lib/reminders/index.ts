import "server-only";

export { raiseReminder } from "./raise-reminder";
export { sendReminder } from "./send-reminder";
