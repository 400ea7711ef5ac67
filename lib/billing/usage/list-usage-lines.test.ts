import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { calls } from "@/db/schema";
import { DAY, HOUR, MINUTE, meteredTests } from "@/tests/metered-business";
import { countUsage, listUsageLines, readCallProfit } from "..";

const { business } = await meteredTests();

it("each call of a period has its line; the lines add up to the plan's price and what is charged beyond it", async () => {
  const made = await business();
  const owner = made.as("owner");
  await made.call(100, 11 * DAY);
  for (let n = 0; n < 7; n++) await made.call(47, (9 * 24 - n) * HOUR, { costMicros: 410_000 });
  await made.call(4, HOUR, { kind: "test" });
  const last = await made.call(2, MINUTE, {
    costMicros: 100_000,
    costBreakdown: {
      transport: 10_000,
      transcriber: 20_000,
      voice: 30_000,
      model: 25_000,
      analysis: 1_000,
      platform: 9_000,
    },
  });
  const span = { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) };
  const lines = [];
  let cursor: string | undefined;
  do {
    const page = await listUsageLines(owner, span, { cursor, limit: 4 });
    lines.push(...page.lines);
    cursor = page.olderCursor ?? undefined;
  } while (cursor);
  expect(lines.map(({ minutes, unbilled, charge }) => [minutes, unbilled, charge])).toEqual([
    [2, null, 50n],
    [0, "test_call", 0n],
    [47, null, 29n * 25n],
    ...Array.from({ length: 6 }, () => [47, null, 0n]),
  ]);
  expect(lines.reduce((sum, { revenue }) => sum + revenue, 0n)).toBe(9_700n + 31n * 25n);
  expect(await readCallProfit(owner, last)).toMatchObject({
    charge: 50n,
    revenue: 50n,
    cost: { telephony: 10_000n, speech: 50_000n, model: 26_000n, platform: 9_000n, other: 5_000n, total: 100_000n },
    profitMicros: 400_000n,
  });
  await expect(listUsageLines(made.as("member"), span)).rejects.toMatchObject({ code: "forbidden" });
  expect(await readCallProfit(owner, "call_none")).toBeUndefined();
  await expect(readCallProfit(made.as("member"), last)).rejects.toMatchObject({ code: "forbidden" });
});

it("a call is said to be corrected where it was charged otherwise, not where only its cost was told later", async () => {
  const made = await business();
  const [shorter, dearer] = [await made.call(5, HOUR), await made.call(3, MINUTE)];
  await made.correct(shorter, 4);
  await made.inOrg((tx) => tx.update(calls).set({ costMicros: 90_000 }).where(eq(calls.id, dearer)));
  expect(await countUsage(made.ctx, dearer)).toBe("corrected");
  const { lines } = await listUsageLines(made.as("owner"), { from: made.began, to: new Date(Date.now() + DAY) });
  expect(lines.map(({ minutes, isCorrected }) => [minutes, isCorrected])).toEqual([
    [3, false],
    [4, true],
  ]);
});
