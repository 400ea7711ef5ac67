import type { z } from "zod";
import { invalid } from "./errors";

/** Parses input at an edge; throws `invalid_input` with one entry per wrong field. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })));
}
