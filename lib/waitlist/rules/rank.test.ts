import fc from "fast-check";
import { expect, it } from "vitest";
import { rank, type Waiting, wants } from "./rank";

const waiting: Waiting = {
  ...{ id: "wle_1", staffId: null, priority: 0, joinedAtMs: 0 },
  ...{ fromOn: null, toOn: null, fromMinute: 0, toMinute: 1440 },
};
const time = { startsAt: "2026-11-24T10:30:00-05:00", staffId: "stf_1" };

it("ranks by priority, then by the time of joining, whatever the order in which they are read", () => {
  const entry = fc.record({ id: fc.uuid(), priority: fc.integer({ min: -2, max: 2 }), joinedAtMs: fc.nat(5) });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (each) => each.id, maxLength: 12 }), (entries) => {
      const ranked = rank(entries);
      expect(rank(entries.toReversed())).toEqual(ranked);
      for (const [n, after] of ranked.slice(1).entries()) {
        const before = ranked[n];
        expect(before && before.priority >= after.priority).toBe(true);
        if (before?.priority === after.priority) expect(before.joinedAtMs).toBeLessThanOrEqual(after.joinedAtMs);
      }
    }),
  );
});

it.each([
  [{}, true],
  [{ staffId: "stf_1" }, true],
  [{ staffId: "stf_2" }, false],
  [{ fromOn: "2026-11-24", toOn: "2026-11-24" }, true],
  [{ fromOn: "2026-11-25" }, false],
  [{ toOn: "2026-11-23" }, false],
  [{ fromMinute: 630 }, true],
  [{ fromMinute: 631 }, false],
  [{ toMinute: 630 }, false],
  [{ toMinute: 631 }, true],
])("who asked for %j wants Tuesday at half past ten: %s", (asked, expected) => {
  expect(wants({ ...waiting, ...asked }, time)).toBe(expected);
});
