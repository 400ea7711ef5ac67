import "server-only";

export { createAgent } from "./create-agent";
export { createAgentVersion } from "./create-agent-version";
export { getPublishedAgent, listAgents, listAgentVersions } from "./list-agents";
export { loadBusiness } from "./load-business";
export { publishAgentVersion } from "./publish-agent-version";
export { jobDefaults } from "./rules/job-defaults";
export { LIMITED_TOOLS, limitedSettings } from "./rules/limited";
export { type Business, systemPrompt } from "./rules/prompt";
