"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { emailAddress, safeNext, signInCode } from "@/lib/identity/schemas";
import { notFound } from "@/lib/platform/errors";
import { type ActionState, done, type FormState, failed } from "@/lib/platform/form-state";
import { parse } from "@/lib/platform/parse";
import { processEnv, processLog } from "@/lib/platform/runtime";
import { requestSignInCode, signInWithCode } from "@/lib/wiring/auth";
import { actionState } from "@/lib/wiring/member-context";

const codeForm = z.object({ email: emailAddress, code: signInCode });
const codeErrors = {
  wrong: "That is not the code we sent. Look again, or ask for a new one.",
  expired: "This code is older than ten minutes. Ask for a new one.",
  used_up: "This code was tried too often. Ask for a new one.",
};

export async function sendCode(_previous: FormState, form: FormData): Promise<ActionState> {
  const email = String(form.get("email") ?? "").trim();
  const state = await actionState({ log: processLog() }, async () => {
    if (processEnv().clerk) throw notFound("This form");
    const address = parse(z.object({ email: emailAddress }), { email }).email;
    await requestSignInCode(address, { headers: await headers() });
    return { ...done(`We have sent a code to ${address}.`), values: { email: address, sentAt: String(Date.now()) } };
  });
  return state.ok ? state : { ...state, values: { email, isResend: form.has("resend") ? "yes" : "" } };
}

export async function checkCode(_previous: FormState, form: FormData): Promise<ActionState> {
  const email = String(form.get("email") ?? "");
  // Six boxes share one name; a pasted code may stand in the first alone.
  const code = form.getAll("code").join("");
  const state = await actionState({ log: processLog() }, async () => {
    if (processEnv().clerk) throw notFound("This form");
    const input = parse(codeForm, { email, code });
    const outcome = await signInWithCode(input.email, input.code, { headers: await headers() });
    if (outcome === "signed_in") redirect(safeNext(String(form.get("next") ?? "")));
    return failed(codeErrors[outcome], { code: codeErrors[outcome] });
  });
  return { ...state, values: { email } };
}
