import type { Founding } from "@/lib/organizations";
import type { App } from "./app";

/** What a verb needs where there is no organisation yet. */
export const foundingOf = ({ database, clock, log, keys }: App): Founding => ({ database, clock, log, keys });
