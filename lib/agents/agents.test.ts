import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import {
  createAgent,
  createAgentVersion,
  getPublishedAgent,
  listAgents,
  listAgentVersions,
  publishAgentVersion,
} from ".";
import { systemPrompt } from "./rules/prompt";

describe.skipIf(postgresUnavailable())("an agent", () => {
  let database: Database;
  beforeAll(async () => {
    database = await postgresDatabase();
  });

  it("speaks by its published version, and versions never change", async () => {
    const { as } = await createTestOrganization(database);
    const admin = as("admin");
    const agent = await createAgent(admin, {
      name: "Ana",
      job: "appointment_booker",
      settings: { greeting: "Hello from {{business}}." },
    });
    expect(agent.version).toMatchObject({
      number: 1,
      settings: { greeting: "Hello from {{business}}.", language: "en" },
    });
    const settings = { ...agent.version.settings, greeting: "Good day." };
    const second = await createAgentVersion(admin, { agentId: agent.id, settings });
    expect((await getPublishedAgent(admin))?.version.number).toBe(1);
    await publishAgentVersion(admin, { versionId: second.id });
    expect((await getPublishedAgent(admin, agent.id))?.version.settings.greeting).toBe("Good day.");
    expect((await listAgentVersions(admin, agent.id)).map((version) => version.number)).toEqual([2, 1]);
    expect(await listAgents(as("viewer"))).toHaveLength(1);
    await expect(createAgentVersion(as("member"), { agentId: agent.id, settings })).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await createTestOrganization(database);
    await expect(publishAgentVersion(other.ctx, { versionId: agent.version.id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await getPublishedAgent(other.ctx, agent.id)).toBeUndefined();
  });

  it("numbers versions made at once one after the other", async () => {
    const { ctx } = await createTestOrganization(database);
    const agent = await createAgent(ctx, { name: "Ana", job: "front_desk" });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createAgentVersion(ctx, { agentId: agent.id, settings: agent.version.settings })),
    );
    expect(made.map((version) => version.number).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });
});

describe("what the model is told", () => {
  const business = {
    name: "Salon",
    timeZone: "Europe/London",
    hours: [],
    services: [],
    staff: [],
    cancellation: [],
    canTransfer: false,
  };
  const agent = { name: "Ana", instructions: "Be kind.", language: "en" };
  it("names the day in the business's zone and only what there is", () => {
    const prompt = systemPrompt(agent, business, new Date("2026-11-20T23:30:00Z"));
    expect(prompt).toContain("Friday");
    expect(prompt).toContain("23:30 (Europe/London)");
    expect(prompt).not.toContain("Services");
    expect(prompt).toContain("take a message instead");
    const full = systemPrompt(
      agent,
      {
        ...business,
        services: [{ name: "Haircut", durationMinutes: 30, price: "£20.00", description: "" }],
        hours: ["Monday 09:00–17:00"],
        staff: ["Ana"],
        cancellation: ["Free of charge until 24 hours before."],
        canTransfer: true,
      },
      new Date("2026-11-20T23:30:00Z"),
    );
    expect(full).toContain("- Haircut, 30 minutes, £20.00\n");
    expect(full).toContain("- Monday 09:00–17:00");
  });
});
