import { z } from "zod";

export const acceptedFee = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe("Only after a refusal named a fee and the caller agreed to it: data.feeCents of that refusal, unchanged");
