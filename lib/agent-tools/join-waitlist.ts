import { z } from "zod";
import { listServices, listStaff, matchName } from "@/lib/scheduling";
import { joinWaitlist } from "@/lib/waitlist";
import { defineTool } from "./types";

const windows = { morning: [0, 720], afternoon: [720, 1020], evening: [1020, 1440], any: [0, 1440] } as const;

export const joinWaitlistTool = defineTool({
  name: "join_waitlist",
  description:
    "Puts the caller on the waiting list for a service when nothing that suits them is free. When a time becomes free it is kept for the first in turn, who is told. Do not promise a time or an hour at which they will hear.",
  parameters: z.object({
    service: z.string().max(120).describe("The service as the caller named it"),
    name: z.string().max(120).describe("Who it is for"),
    staff: z.string().max(120).optional().describe("Only if the caller wants one person and nobody else"),
    window: z.enum(["morning", "afternoon", "evening", "any"]).optional().describe("The part of the day that suits"),
    phone: z.string().max(40).optional().describe("Only if the caller gives another number"),
    email: z.string().max(200).optional().describe("If the caller wants to be written to"),
    notes: z.string().max(2000).optional(),
  }),
  identityLevel: 0,
  async run(ctx, { service, name, staff, window = "any", phone, email, notes }, call) {
    if (!name.trim()) return ask("name_missing", "What name shall I put on the list?");
    const services = matchName(await listServices(ctx), service);
    if (services.kind !== "one") {
      const names = (services.kind === "several" ? services.items : await listServices(ctx)).map((each) => each.name);
      return ask("service_unclear", `Which service is it: ${names.slice(0, 4).join(", ")}?`);
    }
    const people = staff?.trim() ? matchName(await listStaff(ctx), staff) : undefined;
    if (people && people.kind !== "one") return ask("staff_unclear", "Who would you like to see?");
    const given = phone?.trim() || call.fromNumber;
    const isReachable = Boolean(given || email?.trim());
    if (!isReachable) return ask("number_missing", "Which number can we reach you on?");
    if (email?.trim() && !z.email().safeParse(email.trim()).success)
      return ask("invalid_email", "I did not get that e-mail address. Could you spell it?");
    const [fromMinute, toMinute] = windows[window];
    const joined = await joinWaitlist(ctx, {
      ...{ serviceId: services.item.id, name, notes: notes ?? "", callId: call.callId, fromMinute, toMinute },
      ...(people ? { staffId: people.item.id } : {}),
      ...(given ? { phone: given } : {}),
      ...(!phone?.trim() && call.contactId ? { contactId: call.contactId } : {}),
      ...(email?.trim() ? { email: email.trim() } : {}),
    });
    if (!joined.ok && joined.reason === "invalid_phone")
      return ask("invalid_phone", "I did not get that number. Could you say it again?");
    if (!joined.ok) return ask(joined.reason, "I cannot put you on the list for that. May I take a message?");
    const { place, isNew } = joined.value;
    return {
      status: "ok",
      say: `${isNew ? "You are" : "You stay"} on the waiting list for ${services.item.name}, number ${place}. If a time becomes free in your turn, it is kept for you for a while.`,
      data: { entry: joined.value.entryId, place },
    };
  },
});

const ask = (reason: string, say: string) => ({ status: "refused" as const, say, data: { reason } });
