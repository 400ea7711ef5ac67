import { expect, test } from "vitest";
import { agentSettings } from "@/lib/agents/schemas";
import { serviceInput, week } from "@/lib/scheduling/schemas";
import { trades } from "./trade-labels";
import { tradePacks } from "./trade-packs";

test.each(trades)("the pack of %s can be used as it is", (trade) => {
  const pack = tradePacks[trade];
  const weekly = Array.from({ length: 7 }, (_, weekday) =>
    pack.hours
      .filter((span) => span.weekday === weekday)
      .map(({ startMinute, endMinute }) => ({ startMinute, endMinute })),
  );
  expect(week.safeParse(weekly).success).toBe(true);
  expect(weekly.filter((spans) => spans.length > 0).length).toBeGreaterThanOrEqual(5);
  for (const service of pack.services)
    expect(serviceInput.safeParse({ ...service, aliases: [...service.aliases] }).success).toBe(true);
  const words = pack.services.flatMap((service) => [service.name.toLowerCase(), ...service.aliases]);
  expect(new Set(words).size).toBe(words.length);
  expect(agentSettings.shape.instructions.safeParse(pack.instructions).success).toBe(true);
});
