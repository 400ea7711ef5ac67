import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLogger } from "./logger";
import { isShuttingDown, listenForShutdown, onShutdown, shutDown, trackWork } from "./shutdown";

const log = createLogger({ level: "silent" });

afterEach(() => {
  vi.useRealTimers();
});
beforeEach(() => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("caly.shutdown")];
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("stopping", () => {
  test("closes streams, then ends work, then closes what both stand on", async () => {
    const order: string[] = [];
    onShutdown(() => order.push("database"), "resources");
    onShutdown(async () => {
      await wait(30);
      order.push("jobs");
    }, "work");
    onShutdown(() => order.push("stream"));
    await shutDown(log, "test");
    expect(order).toEqual(["stream", "jobs", "database"]);
    expect(isShuttingDown()).toBe(true);
  });

  test("a hook that was taken back does not run", async () => {
    const hook = vi.fn();
    onShutdown(hook)();
    await shutDown(log, "test");
    expect(hook).not.toHaveBeenCalled();
  });

  test("a hook that fails keeps no other from running", async () => {
    const hook = vi.fn();
    onShutdown(() => {
      throw new Error("broken");
    });
    onShutdown(hook, "resources");
    await shutDown(log, "test");
    expect(hook).toHaveBeenCalledOnce();
  });

  test("requests being answered are waited for, but not for long", async () => {
    const finish = trackWork();
    const order: string[] = [];
    onShutdown(() => order.push("jobs"), "work");
    setTimeout(() => {
      order.push("answered");
      finish();
    }, 100);
    await shutDown(log, "test");
    expect(order).toEqual(["answered", "jobs"]);
  });

  test("nothing holds the process for longer than four seconds", async () => {
    trackWork();
    vi.useFakeTimers();
    for (const stage of ["streams", "work", "resources"] as const) onShutdown(() => new Promise(() => {}), stage);
    let isDone = false;
    const stopping = shutDown(log, "test").then(() => {
      isDone = true;
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(isDone).toBe(true);
    await stopping;
  });

  test("a signal ends the process with 0", async () => {
    const before = new Set(process.listeners("SIGTERM"));
    const exited = new Promise<number>((resolve) => listenForShutdown(log, resolve));
    const added = process.listeners("SIGTERM").filter((listener) => !before.has(listener));
    expect(added).toHaveLength(1);
    added[0]?.("SIGTERM");
    expect(await exited).toBe(0);
    process.removeAllListeners("SIGTERM");
    process.removeAllListeners("SIGINT");
  });
});
