import { expect, test } from "vitest";
import { jobId } from "./job-id";

test("job ids are UUIDs that depend on event and job only", () => {
  expect(jobId("evt_1", "a")).toBe(jobId("evt_1", "a"));
  expect(new Set([jobId("evt_1", "a"), jobId("evt_1", "b"), jobId("evt_2", "a")]).size).toBe(3);
  expect(jobId("evt_1", "a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
