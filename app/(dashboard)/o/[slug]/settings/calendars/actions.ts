"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import {
  chooseCalendars,
  disconnectAccount,
  listAccounts,
  removeCalendarFeed,
  requestSync,
  writeCalendarFeed,
} from "@/lib/calendars";
import { type ActionState, done } from "@/lib/platform/form-state";
import { app } from "@/lib/wiring/app";
import { connectCaldav, connectFeed } from "@/lib/wiring/calendar-connect";
import { calendarVendorsFor } from "@/lib/wiring/calendar-vendors";
import { memberAction } from "@/lib/wiring/member-context";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");
const listPage = (slug: string) => `/o/${slug}/settings/calendars`;

/** What was typed comes back after a refusal, the password does not. */
const withoutPassword = (state: ActionState): ActionState =>
  state.values ? { ...state, values: { ...state.values, password: "" } } : state;

export async function connectCaldavAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  const state = await memberAction(slug, { permission: "connections.manage", form }, async ({ ctx }) => {
    const given = { url: text(form, "url"), username: text(form, "username"), password: text(form, "password") };
    await connectCaldav(await app(), ctx, { staffId: text(form, "staffId"), ...given });
    return done("Connected.");
  });
  if (!state.ok) return withoutPassword(state);
  revalidatePath(listPage(slug));
  redirect(listPage(slug));
}

export async function connectFeedAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  const state = await memberAction(slug, { permission: "connections.manage", form }, async ({ ctx }) => {
    const given = { url: text(form, "url"), name: text(form, "name") };
    await connectFeed(await app(), ctx, { staffId: text(form, "staffId"), ...given });
    return done("Subscribed.");
  });
  if (!state.ok) return state;
  revalidatePath(listPage(slug));
  redirect(listPage(slug));
}

export async function chooseAction(
  slug: string,
  accountId: string,
  _previous: unknown,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    const receives = text(form, "receives");
    await chooseCalendars(ctx, { accountId, blocks: form.getAll("blocks").map(String), receives: receives || null });
    revalidatePath(listPage(slug));
    return done("Saved.");
  });
}

export async function readAgainAction(slug: string, accountId: string, _previous: unknown): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    const account = (await listAccounts(ctx)).find((each) => each.id === accountId);
    for (const calendar of account?.calendars ?? []) if (calendar.blocks) await requestSync(ctx, calendar.id);
    revalidatePath(listPage(slug));
    return done("It is being read now.");
  });
}

export async function disconnectAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    await disconnectAccount(ctx, { accountId: text(form, "accountId") }, calendarVendorsFor(await app()));
    revalidatePath(listPage(slug));
    return done("Disconnected.");
  });
}

/** The address is in the answer once, in `values`, and nowhere afterwards. */
export async function makeAddressAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    const staffId = text(form, "staffId") || null;
    const { token } = await writeCalendarFeed(ctx, { staffId, showsDetails: form.get("showsDetails") === "on" });
    revalidatePath(listPage(slug));
    const address = `${(await app()).env.appUrl}/ics/${token}.ics`;
    return {
      ...done("This is the address. It is shown this once; one made before does not work any more."),
      values: { address },
    };
  });
}

export async function removeAddressAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    await removeCalendarFeed(ctx, { staffId: text(form, "staffId") || null });
    revalidatePath(listPage(slug));
    return done("The address does not work any more.");
  });
}
