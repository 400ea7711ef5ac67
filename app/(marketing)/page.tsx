import type { Metadata } from "next";
import { buttonClass } from "@/components/ui/button";
import { processEnv } from "@/lib/platform/runtime";
import { hasDemo } from "@/lib/wiring/demo";
import { OpenSource } from "./_components/open-source";
import { Pictures } from "./_components/pictures";
import { PlayingCall } from "./_components/playing-call";
import { Pricing } from "./_components/pricing";
import { Promises } from "./_components/promises";

export const metadata: Metadata = { title: { absolute: "Caly: the phone answered, the appointment booked" } };

export default function HomePage() {
  const canTry = hasDemo({ env: processEnv() });
  return (
    <>
      <section className="mx-auto grid w-full max-w-6xl items-center gap-x-16 gap-y-10 px-5 pt-8 pb-16 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:pt-14 lg:pb-24">
        <div>
          <h1 className="text-4xl leading-[1.1] font-semibold tracking-tight text-balance sm:text-5xl">
            <span className="block">The phone answered.</span> <span className="block">The appointment booked.</span>
          </h1>
          <p className="mt-5 max-w-xl text-base text-pretty text-muted sm:text-lg sm:leading-7">
            Caly picks up your business’s phone day and night, books the caller in while they are on the line, and shows
            you every call: what was said, what was done and what it cost.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            {/* Plain links: entering the demo signs one in, which no prefetch may do. A deployed server has none. */}
            <a href={canTry ? "/demo" : "/sign-in"} className={buttonClass({ variant: "primary", size: "lg" })}>
              {canTry ? "Try it now" : "Sign in or sign up"}
            </a>
            <a href="#how" className={buttonClass({ size: "lg" })}>
              See how it works
            </a>
          </div>
        </div>
        <PlayingCall />
      </section>
      <Pictures />
      <Promises />
      <Pricing />
      <OpenSource />
    </>
  );
}
