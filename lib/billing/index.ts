import "server-only";

export { countUsage } from "./count-usage";
export { startTrial } from "./start-trial";
