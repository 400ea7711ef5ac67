"use server";

import { redirect } from "next/navigation";
import { clerkOn } from "@/lib/platform/env";
import { signOut } from "@/lib/wiring/auth";

/** Ends the session and returns to the start page; Clerk's is ended in the browser, on the page this leads to. */
export async function signOutAction(): Promise<void> {
  if (clerkOn()) redirect("/sign-out");
  await signOut();
  redirect("/");
}
