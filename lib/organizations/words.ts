/** What browsers need of this noun without its schemas: a page that imports it carries no validator. */
export type { MemberRole } from "./rules/permissions";
export { memberRoles, roleHelp, roleLabels } from "./rules/role-labels";
export { type Trade, tradeLabels, trades } from "./rules/trade-labels";
