import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SubmitButton } from "@/components/ui/submit-button";
import { app } from "@/lib/wiring/app";
import { hasDemo } from "@/lib/wiring/demo";
import { enterDemo } from "./actions";

export const metadata: Metadata = { title: "Demo" };

/** A GET signs nobody in; the button does. Exists only where nobody but this machine can reach it. */
export default async function DemoPage() {
  if (!hasDemo(await app())) notFound();
  return (
    <form action={enterDemo} className="flex w-full max-w-md flex-col items-start gap-4">
      <h1 className="text-title font-semibold tracking-tight">Look around in the demo</h1>
      <p className="text-muted">
        A salon that does not exist, with callers who do not exist: calls come in, appointments are booked, recordings
        can be played. You enter as its owner and may change anything. Nothing leaves this machine.
      </p>
      <SubmitButton size="lg" pendingLabel="Opening the demo">
        Open the demo
      </SubmitButton>
    </form>
  );
}
