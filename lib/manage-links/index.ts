import "server-only";

export { createManageLink } from "./create-manage-link";
export { findManageLink } from "./find-manage-link";
export { findSubmission } from "./find-submission";
