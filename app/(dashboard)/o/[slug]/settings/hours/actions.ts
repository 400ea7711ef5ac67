"use server";

import { refresh } from "next/cache";
import { invalid } from "@/lib/platform/errors";
import { type ActionState, done } from "@/lib/platform/form-state";
import { listDisplaced, removeDateOverride, setDateOverrides, setHolidays, setWeeklyHours } from "@/lib/scheduling";
import { holidayData } from "@/lib/wiring/holiday-data";
import { memberAction } from "@/lib/wiring/member-context";
import { sayDisplaced } from "../_components/say-displaced";
import { isOf, theBusiness, type Whose } from "./month";
import { readSpans, readWeek } from "./read-hours-form";

const permission = "scheduling.configure";

export async function saveHours(slug: string, whose: Whose, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const isFollowing = form.get("whose") === "business" && !isOf(whose, theBusiness);
    await setWeeklyHours(ctx, { ...whose, weekly: isFollowing ? null : readWeek(form) });
    refresh();
    return done("Saved. Times that are offered from now on keep to it.");
  });
}

export async function addDate(slug: string, whose: Whose, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const spans = form.get("kind") === "closed" ? [] : readSpans(form, "date");
    if (typeof spans === "string") throw invalid([{ path: "spans", message: spans }]);
    if (form.get("kind") !== "closed" && spans.length === 0)
      throw invalid([{ path: "spans", message: "Give the hours of that day, or choose closed." }]);
    const onDate = String(form.get("onDate") ?? "");
    const untilDate = String(form.get("untilDate") ?? "") || null;
    const days = await setDateOverrides(ctx, {
      ...whose,
      onDate,
      untilDate,
      spans,
      reason: String(form.get("reason") ?? ""),
    });
    refresh();
    return done(
      `${days === 1 ? "Saved." : `Saved for ${days} days.`}${sayDisplaced((await listDisplaced(ctx, whose)).length)}`,
    );
  });
}

export async function saveHolidays(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const closedOn = form.getAll("closedOn").map(String);
    const place = { country: String(form.get("country") ?? ""), region: String(form.get("region") ?? "") || null };
    await setHolidays(ctx, { ...place, closedOn }, { holidays: await holidayData() });
    refresh();
    const displaced = sayDisplaced((await listDisplaced(ctx, {})).length);
    return done(
      closedOn.length === 0 ? "Saved. Holidays close nothing." : `Saved. Nothing is offered on these days.${displaced}`,
    );
  });
}

export async function removeDate(slug: string, overrideId: string): Promise<void> {
  await memberAction(slug, permission, async ({ ctx }) => {
    await removeDateOverride(ctx, overrideId);
    refresh();
    return done("Removed.");
  });
}
