import type { App } from "./app";

/** Whoever reads the mailbox can sign in as anybody: it exists only where the socket can be reached from this machine alone. */
export const hasMailbox = ({ env }: Pick<App, "env">): boolean =>
  env.mode === "embedded" && env.loopbackOnly && env.mail === undefined;
