import { z } from "zod";
import { seriesScopes } from "@/lib/scheduling/schemas";

export const whichOfSeries = z
  .enum(seriesScopes)
  .optional()
  .describe(
    "Only for a booking that repeats: this one (default), this and those that follow, or all to come. Ask the caller which",
  );
