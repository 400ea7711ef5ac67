import "server-only";
import { fetch } from "undici";
import { z } from "zod";
import { authorise } from "@/lib/organizations";
import { keepRequestsWithinPlan } from "@/lib/plans";
import { type Context, systemActor } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { app, contextFor } from "./app";
import { provisionEmulated } from "./emulated-connection";

export type TestCall = {
  /** One of the emulator's scenarios; "booking" unless told. */
  scenario?: string | undefined;
  /** What the caller says: name, service, day … */
  variables?: Record<string, unknown> | undefined;
  customer?: { number?: string; name?: string } | undefined;
  /** 1 is the pace of talk. */
  speed?: number | undefined;
};

const placed = z.object({ id: z.string() });
const TIMEOUT_MS = 8_000;

/**
 * Lets the emulator call the organisation's line, through the same door as any caller. Returns the provider's id of the call, under which
 * it will appear (`calls.external_id`). Throws `unavailable` where there is no emulator, `rate_limited` beyond the plan's requests.
 */
export async function placeTestCall(ctx: Context, input: TestCall = {}): Promise<{ externalId: string }> {
  authorise(ctx, "calls.write");
  const running = await app();
  await keepRequestsWithinPlan(ctx, running.limiter);
  // Whoever may call may have the line set up for it, without the right to manage connections.
  const { phoneNumberId } = await provisionEmulated(running, contextFor(running, ctx.orgId, systemActor("test-call")));
  const response = await fetch(`${running.env.vapi.emulatorUrl}/_emulator/calls`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer emulated" },
    body: JSON.stringify({
      phoneNumberId,
      scenario: input.scenario ?? "booking",
      variables: input.variables ?? {},
      speed: input.speed ?? 1,
      ...(input.customer ? { customer: input.customer } : {}),
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new AppError("unavailable", "The emulator did not answer, so no call was placed.", { cause });
  });
  const body: unknown = await response.json().catch(() => undefined);
  const call = placed.safeParse(body);
  if (!response.ok || !call.success)
    throw new AppError("unavailable", "The emulator did not place the call.", {
      cause: new Error(JSON.stringify(body)?.slice(0, 300)),
    });
  return { externalId: call.data.id };
}
