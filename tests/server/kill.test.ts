import { expect, test } from "vitest";
import { killUnderLoad } from "./kill-under-load";

test("ten calls at once with duplicates, reordering and drops, the server killed in the middle: nothing lost, doubled or stuck", async () => {
  const report = await killUnderLoad({
    calls: 10,
    seed: 1,
    dropped: ["transcript", "speech-update", "conversation-update"],
  });
  console.log(JSON.stringify(report));
  expect(report).toMatchObject({ calls: 10, lost: [], doubled: [], stuck: [], differing: [] });
  expect(report.acknowledged).toBeGreaterThan(100);
  expect(report.bookings).toBeGreaterThan(0);
  expect(report.unanswered, "the kill came while calls were under way").toBeGreaterThan(0);
});
