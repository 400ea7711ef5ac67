import pino, { type Logger as PinoLogger } from "pino";
import { redactPhones } from "./redact-phones";
import { redactTokens } from "./redact-tokens";

export type Logger = PinoLogger;

const SECRET_PATHS = [
  "authorization",
  "cookie",
  "secret",
  "token",
  "password",
  "apiKey",
  "code",
  "phone",
  "number",
  "email",
  "headers.authorization",
  "headers.cookie",
  "headers['x-vapi-secret']",
].flatMap((path) => [path, ...(path.startsWith("headers") ? [`req.${path}`] : [`*.${path}`, `*.*.${path}`])]);

/** JSON lines on standard output. Secrets, links' tokens and telephone numbers do not reach it, whether they are fields or inside a message. */
export function createLogger(
  options: {
    level?: string | undefined;
    bindings?: Record<string, unknown>;
    destination?: pino.DestinationStream;
  } = {},
): Logger {
  return pino(
    {
      level: options.level ?? "info",
      base: options.bindings ?? {},
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: "[redacted]" },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError, error: serializeError, path: redactPath, url: redactPath },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((a) => (typeof a === "string" ? redact(a) : a)) as typeof args);
        },
      },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

const redact = (text: string): string => redactTokens(redactPhones(text));
const redactPath = (value: unknown): unknown => (typeof value === "string" ? redactTokens(value) : value);

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? redact(error) : error;
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    message: loggable(message),
    ...(code === undefined ? {} : { code }),
    stack: stack && loggable(stack),
    ...(cause === undefined ? {} : { cause: serializeError(cause) }),
  };
}

/** A failed query names its values on a line of its own: what callers said is among them, and goes no further. */
const loggable = (text: string): string =>
  redact(text.replace(/^(Error: )?(Failed query: [\s\S]*?)\nparams: [\s\S]*?(?=\n {4}at |$)/, "$1$2"));
