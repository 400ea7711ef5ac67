const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);
/** connection_exception, too_many_connections, and a server that is stopping, has crashed or is starting. */
const SQL_STATE = /^(08...|53300|57P0[1-3])$/;
/** node-postgres gives these no code. */
const DRIVER =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** Whether an error says that something we stand on cannot be reached, or does not answer: the same request may succeed later. */
export function isOutOfReach(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown };
    if (typeof code === "string" && (NETWORK.has(code) || SQL_STATE.test(code))) return true;
    if (DRIVER.test(e.message)) return true;
  }
  return false;
}
