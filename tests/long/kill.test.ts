import { expect, test } from "vitest";
import { killUnderLoad } from "../server/kill-under-load";

test("fifty calls at once, every kind of message may be lost, the server killed in the middle", async () => {
  const every = ["status-update", "transcript", "speech-update", "conversation-update", "end-of-call-report", "hang"];
  const report = await killUnderLoad({ calls: 50, seed: 1_000, dropped: every });
  console.log(JSON.stringify(report, null, 2));
  expect(report).toMatchObject({ calls: 50, lost: [], doubled: [], stuck: [], differing: [] });
  // How many get through and how many bookings are made in time depends on how long the machine takes to start again.
  expect(report.deliveries).toBeGreaterThan(500);
  expect(report.acknowledged).toBeGreaterThan(report.deliveries / 2);
  expect(report.dropped).toBeGreaterThan(20);
  expect(report.bookings).toBeGreaterThan(3);
  expect(report.unanswered).toBeGreaterThan(0);
});
