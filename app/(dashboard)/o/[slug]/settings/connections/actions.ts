"use server";

import { revalidatePath } from "next/cache";
import {
  createConnection,
  disableConnection,
  enableConnection,
  rotateConnectionSecret,
  updateConnection,
} from "@/lib/connections";
import { type ActionState, done } from "@/lib/platform/form-state";
import { memberAction } from "@/lib/wiring/member-context";
import { readAuthForm } from "./read-auth-form";

const text = (form: FormData, name: string) => String(form.get(name) ?? "").trim();
const listPage = (slug: string) => `/o/${slug}/settings/connections`;

/** A secret is in the answer once, in `values`, and nowhere afterwards. */
const shown = (message: string, values: Record<string, string>): ActionState => ({ ...done(message), values });

export async function createConnectionAction(slug: string, _previous: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission: "connections.manage", form }, async ({ ctx }) => {
    const apiKey = text(form, "apiKey");
    const agentId = text(form, "agentId");
    const { connectionId, secret } = await createConnection(ctx, {
      name: text(form, "name"),
      mode: "live",
      ...(apiKey ? { apiKey } : {}),
      ...(agentId ? { agentId } : {}),
    });
    revalidatePath(listPage(slug));
    return shown("Connected. Keep the secret now: it is shown this once.", { connectionId, secret });
  });
}

export async function rotateSecretAction(slug: string, connectionId: string, _previous: unknown): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    const { secret } = await rotateConnectionSecret(ctx, { connectionId });
    revalidatePath(listPage(slug), "layout");
    return shown("This is the new secret. The one before works for another 24 hours.", { secret });
  });
}

export async function saveAuthAction(
  slug: string,
  connectionId: string,
  _previous: unknown,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission: "connections.manage", form }, async ({ ctx }) => {
    await updateConnection(ctx, { connectionId, webhookAuth: readAuthForm(form) });
    revalidatePath(listPage(slug), "layout");
    return done("Saved. It counts from the next webhook on.");
  });
}

export async function saveDetailsAction(
  slug: string,
  connectionId: string,
  _previous: unknown,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, { permission: "connections.manage", form }, async ({ ctx }) => {
    const apiKey = text(form, "apiKey");
    await updateConnection(ctx, {
      connectionId,
      name: text(form, "name"),
      agentId: text(form, "agentId") || null,
      ...(form.get("removeKey") ? { apiKey: null } : apiKey ? { apiKey } : {}),
    });
    revalidatePath(listPage(slug), "layout");
    const state = done("Saved.");
    // A key that was typed is not sent back.
    return { ...state, values: { apiKey: "" } };
  });
}

export async function disableConnectionAction(
  slug: string,
  connectionId: string,
  _previous: unknown,
): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    await disableConnection(ctx, { connectionId });
    revalidatePath(listPage(slug), "layout");
    return done("Switched off.");
  });
}

export async function enableConnectionAction(
  slug: string,
  connectionId: string,
  _previous: unknown,
): Promise<ActionState> {
  return memberAction(slug, "connections.manage", async ({ ctx }) => {
    await enableConnection(ctx, { connectionId });
    revalidatePath(listPage(slug), "layout");
    return done("Switched on.");
  });
}
