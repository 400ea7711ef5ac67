import "server-only";

export { authorise } from "./authorise";
export { loadMembership } from "./load-membership";
export { may } from "./rules/permissions";
