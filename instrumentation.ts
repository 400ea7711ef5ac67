import type { Instrumentation } from "next";

/** Also compiled for the edge runtime: everything that needs Node lives next door. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("./instrumentation-node")).register();
}

export const onRequestError: Instrumentation.onRequestError = async (...args) => {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("./instrumentation-node")).onRequestError(...args);
};
