// Preloaded into child processes: their standard input is a pipe from the parent, and its end means that the parent is gone.
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 4_500;

if (isMainThread) {
  const stop = () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
  };
  process.stdin.once("end", stop).once("error", stop).resume();
  process.stdin.unref?.();
}
