"use server";

import { refresh } from "next/cache";
import { saveBookingPage } from "@/lib/booking-pages";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";

const taken = "Another business has or had this address. Choose another one.";

export async function savePage(slug: string, _: ActionState, form: FormData): Promise<ActionState> {
  const text = (name: string) => String(form.get(name) ?? "");
  return memberAction(slug, { permission: "scheduling.configure", form }, async ({ ctx }) => {
    const isOn = form.get("isOn") === "on";
    const saved = await saveBookingPage(ctx, {
      isOn,
      isListed: form.get("isListed") === "on",
      slug: text("slug"),
      welcome: text("welcome"),
      afterBooking: text("afterBooking"),
      phone: text("phone"),
      serviceIds: form.getAll("service").filter((id) => typeof id === "string"),
    });
    if (!saved.ok) return failed(taken, { slug: taken });
    refresh();
    return done(isOn ? "Saved. The page is on." : "Saved. The page is off.");
  });
}
