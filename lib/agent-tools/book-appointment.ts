import { z } from "zod";
import { bookAppointment, readAheadOfBooking } from "@/lib/scheduling";
import { sayTentative } from "./offers";
import { refusedTime } from "./refused-time";
import { saidBooking } from "./said-booking";
import { defineTool, type ToolCallInfo } from "./types";

export const bookAppointmentTool = defineTool({
  name: "book_appointment",
  description:
    "Books an offered time. Only say that it is booked after this has answered. Pass the slot id of an offer and the caller's name; the caller's own number is used unless another is given.",
  parameters: z.object({
    slot: z.string().trim().min(1).max(80).describe("The slot id of an offer, unchanged"),
    name: z.string().max(120).describe("Who the appointment is for"),
    phone: z.string().max(40).optional().describe("Only if the caller gives another number"),
    notes: z.string().max(2000).optional(),
  }),
  identityLevel: 0,
  readAhead: (ctx, { slot, phone }, call) =>
    readAheadOfBooking(ctx, { slot, callId: call.callId, ...contactFor(call, phone) }),
  async run(ctx, { slot, name, phone, notes }, call) {
    if (!name.trim())
      return { status: "refused", say: "What name shall I put it under?", data: { reason: "name_missing" } };
    const given = phone?.trim() || call.fromNumber;
    const input = { slot, name, notes: notes ?? "", callId: call.callId };
    const own = contactFor(call, phone);
    let booked = await bookAppointment(ctx, { ...input, ...own, ...(given ? { phone: given } : {}) });
    // A number that the carrier garbled must not cost the caller the appointment; one that the caller gave is asked for again.
    if (!booked.ok && booked.reason === "invalid_phone" && !phone?.trim())
      booked = await bookAppointment(ctx, { ...input, ...own });
    if (!booked.ok && booked.reason === "invalid_phone")
      return {
        status: "refused",
        say: "I did not get that number. Could you say it again?",
        data: { reason: "invalid_phone" },
      };
    if (!booked.ok) return refusedTime(ctx, call, booked.reason, booked.detail);
    const { say, time, ...data } = saidBooking(ctx, booked.value);
    return {
      status: "ok",
      say: `You are booked for ${say}, under the name ${booked.value.attendeeName}.${sayTentative([booked.value])}`,
      data: { ...data, say: time },
    };
  },
});

/** The caller's contact, unless the number given is somebody else's. */
const contactFor = (call: ToolCallInfo, phone: string | undefined) =>
  call.contactId && (!phone?.trim() || samePhone(phone, call.fromNumber)) ? { contactId: call.contactId } : {};

const samePhone = (a: string, b: string | null): boolean =>
  b !== null && a.replace(/\D/g, "").replace(/^0+/, "") === b.replace(/\D/g, "").replace(/^0+/, "");
