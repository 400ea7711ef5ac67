import { readDemo } from "./demo-file";
import { emulatorClient } from "./emulator-client";

const MINUTE_MS = 60_000;

/** Told by the emulator as if they had come in over the last hours; nothing of it is real but the way it takes. */
const FIRST_CALLS = [
  { scenario: "booking", minutesAgo: 205, number: "+12025550123", name: "Maya Patel" },
  { scenario: "hours-question", minutesAgo: 160, number: "+12025550144", name: "Grace Lindqvist" },
  { scenario: "booking-afternoon", minutesAgo: 118, number: "+12025550167", name: "Daniel Okafor" },
  { scenario: "message", minutesAgo: 74, number: "+12025550182", name: "Priya Raman" },
  { scenario: "booking", minutesAgo: 33, number: "+12025550195", name: "Tom Becker" },
];

/** Places a handful of demo calls through the front door the first time a folder is started, and one at talk pace to watch. */
export async function placeFirstCalls(dataDir: string, emulatorUrl: string, signal: AbortSignal): Promise<void> {
  const demo = readDemo(dataDir);
  const emulator = emulatorClient(emulatorUrl);
  try {
    if (!demo || (await emulator.callsEver()) > 0) return;
    const number = await emulator.numberOf(demo.org);
    if (!number) return;
    for (const { scenario, minutesAgo, number: from, name } of FIRST_CALLS) {
      if (signal.aborted) return;
      const ringsAt = new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
      const customer = { number: from, name };
      await emulator.place({ phoneNumberId: number.id, scenario, speed: 0, customer, variables: { name }, ringsAt });
    }
    const customer = { number: "+12025550131", name: "Sofia Marino" };
    const live = { phoneNumberId: number.id, scenario: "booking", speed: 1, customer };
    await emulator.place({ ...live, variables: { name: customer.name } });
  } catch (error) {
    if (!signal.aborted)
      console.error(`The demo calls were not placed: ${error instanceof Error ? error.message : error}`);
  }
}
