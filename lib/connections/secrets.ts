import type { Context, Keys } from "@/lib/platform/context";
import { randomToken, seal, unseal } from "@/lib/platform/crypto";

/** Long enough that guessing is hopeless; no characters that a header or a shell minds. */
export const newSecret = (): string => randomToken(32);

export const sealFor = (ctx: Pick<Context, "keys">, connectionId: string, secret: string): string =>
  seal(ctx.keys.secrets, secret, connectionId);

export const unsealFor = (keys: Keys, connectionId: string, sealed: string): string =>
  unseal(keys.secrets, sealed, connectionId);

/** undefined: kept with a key that this server does not have any more; a new secret helps. */
export function unsealedIfReadable(keys: Keys, connectionId: string, sealed: string): string | undefined {
  try {
    return unsealFor(keys, connectionId, sealed);
  } catch {
    return undefined;
  }
}
