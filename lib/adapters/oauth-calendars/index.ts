export { codeFlow, postForm } from "./code-flow";
export { exchangesWith, type Outcome, type Reply } from "./exchange";
