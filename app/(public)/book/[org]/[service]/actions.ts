"use server";

import { notFound, redirect } from "next/navigation";
import { bookFromPage } from "@/lib/booking-pages";
import { failed } from "@/lib/platform/form-state";
import { app } from "@/lib/wiring/app";
import { visitorAction } from "@/lib/wiring/visitor-context";
import { refusalInWords } from "../../../refusals";
import type { VisitorState } from "./booking-state";

/** No person sees this field, so none fills it in. */
const TRAP = "website";

export async function book(org: string, address: string, _: VisitorState, form: FormData): Promise<VisitorState> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  return visitorAction(org, form, async ({ ctx, page }) => {
    if (text(TRAP)) return failed("This was filled in by a machine: leave the field “Website” empty.");
    const now = page.movedServices[address] ?? address;
    const service = page.services.find((each) => each.slug === now);
    if (!service) notFound();
    const result = await bookFromPage(ctx, {
      serviceId: service.id,
      slot: text("slot"),
      isAnyone: text("isAnyone") === "true",
      name: text("name"),
      phone: text("phone"),
      email: text("email"),
      notes: text("notes"),
      formKey: text("formKey"),
    });
    if (result.ok) {
      (await app()).jobs.poke();
      redirect(`/manage/${result.value.token}?booked=1`);
    }
    const said = refusalInWords(result.reason);
    const offers = result.detail.alternatives.map(({ slot, startMs, staff, location }) => ({
      slot,
      startMs,
      staff,
      location,
    }));
    return { ...failed(said, result.reason === "invalid_phone" ? { phone: said } : undefined), offers };
  });
}
