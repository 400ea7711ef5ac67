import { rmSync } from "node:fs";

export default function teardown(): void {
  const folder = process.env.E2E_DATA_DIR;
  // The server is stopped afterwards; what it writes last goes to a removed folder.
  if (folder && !process.env.E2E_KEEP) rmSync(folder, { recursive: true, force: true });
}
