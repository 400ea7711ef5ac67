import { describe, expect, it } from "vitest";
import { parseIsoDay } from "./civil";
import { searchStages } from "./search-stages";
import type { Understood } from "./understand-said";
import { toInstant, zoneOf } from "./zone";

const zone = zoneOf("Europe/Berlin");
const friday = parseIsoDay("2026-11-20") ?? 0;
const office = [{ startMinute: 540, endMinute: 1020 }];
const weekly = [[], office, office, office, office, office, []];
const anyTime = { fromMinute: 0, toMinute: 1440 };

/** Days from today, Friday, until which is looked, stage by stage. */
function stages(people: number, at: string, { closed = -1, when = {} }: { closed?: number; when?: object } = {}) {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const understood = {
    people,
    service: { durationMinutes: 30, minNoticeMinutes: 60 },
    schedule: { zone, business: { weekly, overrides: new Map([[friday + closed, []]]) } },
    when: { namesDay: false, fromDay: friday, toDay: friday + 60, window: anyTime, excluded: [], ...when },
  } as unknown as Understood;
  return searchStages(understood, toInstant(zone, friday, hour * 60 + minute)).map(({ toDay }) => toDay - friday);
}

describe("how far ahead is looked", () => {
  it("is five days first, then two weeks, then all", () => {
    expect(stages(3, "10:00")).toEqual([4, 13, 60]);
    expect(stages(3, "10:00", { when: { toDay: friday + 8 } })).toEqual([4, 8]);
    expect(stages(3, "10:00", { when: { toDay: friday + 4 } })).toEqual([4]);
  });
  it("is two days of opening first where many could do it", () => {
    expect(stages(30, "10:00")).toEqual([3, 4, 13, 60]);
    expect(stages(30, "15:30", { when: { toDay: friday + 3 } })).toEqual([3]);
    expect(stages(30, "10:00", { closed: 3 })).toEqual([4, 13, 60]);
    expect(stages(30, "15:31")).toEqual([4, 13, 60]);
    expect(stages(30, "10:00", { when: { window: { fromMinute: 0, toMinute: 660 } } })).toEqual([4, 13, 60]);
  });
  it("is what was named, and for a time of day two weeks", () => {
    expect(stages(30, "10:00", { when: { namesDay: true, toDay: friday + 6 } })).toEqual([6]);
    expect(stages(30, "10:00", { when: { at: 600 } })).toEqual([13, 60]);
  });
});
