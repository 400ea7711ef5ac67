import { z } from "zod";
import type { Keys } from "@/lib/platform/context";
import { seal, unseal } from "@/lib/platform/crypto";
import type { CalendarSecret } from "./ports";

const shape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("oauth"), refreshToken: z.string(), accessToken: z.string(), expiresAtMs: z.number() }),
  z.object({ kind: z.literal("password"), url: z.string(), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal("feed"), url: z.string() }),
]);

export const sealSecret = (keys: Keys, accountId: string, secret: CalendarSecret): string =>
  seal(keys.secrets, JSON.stringify(secret), accountId);

export const unsealSecret = (keys: Keys, accountId: string, sealed: string): CalendarSecret =>
  shape.parse(JSON.parse(unseal(keys.secrets, sealed, accountId)));
