import { z } from "zod";

const numbers = z.array(z.looseObject({ id: z.string(), name: z.string().optional(), number: z.string().optional() }));
const placed = z.looseObject({ id: z.string() });
const scenarios = z.array(z.object({ name: z.string(), description: z.string() }));

/** A number's name at the provider is no longer than this. */
const NAME_LENGTH = 40;

export type CallOrder = {
  phoneNumberId: string;
  scenario: string;
  /** 1 = talk pace, 0 = as fast as the server answers. */
  speed: number;
  customer?: { number: string; name?: string };
  variables?: Record<string, unknown>;
  /** When it began to ring; now when absent. */
  ringsAt?: string;
};

/** The emulator of Vapi as its own control endpoints show it; Caly's server is not asked. */
export function emulatorClient(url: string) {
  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { authorization: "Bearer demo", "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { ...init, headers, signal: AbortSignal.timeout(15_000) });
    const body: unknown = await response.json();
    if (response.ok) return body;
    const { message } = body as { message?: unknown };
    throw new Error([message].flat().join("; ") || `the emulator answered ${response.status}`);
  }
  return {
    scenarios: async () => scenarios.parse(await ask("/_emulator/scenarios")),
    /** The number that rings this organisation's agent; Caly names its emulated numbers after the organisation's slug, as far as a name may go. */
    numberOf: async (slug: string) =>
      numbers.parse(await ask("/phone-number?limit=1000")).find((number) => number.name === slug.slice(0, NAME_LENGTH)),
    callsEver: async () => z.looseObject({ calls: z.number() }).parse(await ask("/_emulator/health")).calls,
    place: async (order: CallOrder) =>
      placed.parse(await ask("/_emulator/calls", { method: "POST", body: JSON.stringify(order) })),
  };
}
