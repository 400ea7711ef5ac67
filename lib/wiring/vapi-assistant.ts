import "server-only";
import { inTenant } from "@/db/tenant";
import { assistantObject, spokenError, transferTo } from "@/lib/adapters/vapi";
import { toolsFor } from "@/lib/agent-tools";
import { getPublishedAgent, limitedSettings, loadBusiness, systemPrompt } from "@/lib/agents";
import { findCallLimit } from "@/lib/billing";
import { type ResolvedConnection, webhookUrl } from "@/lib/connections";
import type { Context } from "@/lib/platform/context";

const SORRY = "I am sorry, we cannot take your call just now. Please try again in a few minutes.";

/** Who answers when no agent can: a person where the business named one, otherwise a sentence. */
export const withoutAgent = (connection: Pick<ResolvedConnection, "transferNumber">, say = SORRY): object =>
  connection.transferNumber
    ? transferTo(connection.transferNumber, "One moment, I am putting you through.")
    : spokenError(say);

/**
 * The published agent as the provider wants it; the fallback where none is published. Where the organisation is limited, or has as many calls
 * as its plan allows, one that takes a message. What is asked of the database is asked side by side.
 */
export async function answerWithAssistant(
  ctx: Context,
  connection: ResolvedConnection,
  { appUrl, externalId }: { appUrl: string; externalId: string | undefined },
): Promise<{ answer: object; isLimited: boolean }> {
  const [agent, business, limit] = await inTenant(ctx, (_tx, scope) =>
    Promise.all([
      getPublishedAgent(scope, connection.agentId),
      loadBusiness(scope),
      findCallLimit(scope, { externalId }),
    ]),
  );
  if (!agent) return { answer: withoutAgent(connection), isLimited: false };
  if (!agent.active)
    return { answer: withoutAgent(connection, agent.version.settings.fallbackMessage), isLimited: false };
  if (limit) ctx.log.info({ limit }, "a caller is limited to leaving a message");
  const settings = limit ? limitedSettings(agent.version.settings) : agent.version.settings;
  const assistant = assistantObject({
    name: agent.name,
    firstMessage: settings.greeting?.replaceAll("{{business}}", business.name),
    prompt: systemPrompt({ name: agent.name, ...settings }, business, ctx.clock.now()),
    model: settings.model,
    voice: settings.voice,
    language: settings.language,
    maxCallSeconds: settings.maxCallSeconds,
    tools: toolsFor(settings.tools),
    services: business.services.map((service) => service.name),
    transferNumber: connection.transferNumber,
    server: {
      url: webhookUrl(appUrl, connection.id),
      auth: connection.webhookAuth,
      secret: connection.secrets.current,
    },
  });
  return { answer: { assistant }, isLimited: limit !== undefined };
}
