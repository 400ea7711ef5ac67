// Preloaded into child processes: their standard input is a pipe from the parent, and its end means that the parent is gone.
// Their own children may inherit the preload; only the process whose parent is the one that asked for it minds.
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 4_500;

if (isMainThread && String(process.ppid) === process.env.CALY_PARENT_PID) {
  const stop = () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
  };
  process.stdin.once("end", stop).once("error", stop).resume();
  process.stdin.unref?.();
}
