"use server";

import { notFound, redirect } from "next/navigation";
import { app } from "@/lib/wiring/app";
import { localAuth } from "@/lib/wiring/auth";
import { DEMO_EMAIL, demoSlug, hasDemo } from "@/lib/wiring/demo";

/** Signs the visitor in as the owner of the demo organisation. */
export async function enterDemo(): Promise<void> {
  const theApp = await app();
  if (!hasDemo(theApp)) notFound();
  const slug = await demoSlug(theApp);
  await (await localAuth()).signInAs(DEMO_EMAIL);
  redirect(`/o/${slug}`);
}
