import { type Env, readEnv } from "./env";
import { createLogger, type Logger } from "./logger";
import { singleton } from "./singleton";

/** The process's configuration, read once at first use (never while a module is evaluated: `next build` evaluates them without any). */
export const processEnv = (): Env => singleton("env", () => readEnv());

export const processLog = (): Logger => singleton("log", () => createLogger({ level: processEnv().logLevel }));
