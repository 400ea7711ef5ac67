import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { ConfigurationError, readEnv } from "./env";

const folder = mkdtempSync(path.join(tmpdir(), "caly-env-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const embedded = { CALY_DATA_DIR: folder };
const deployed = {
  DATABASE_URL: "postgres://127.0.0.1/caly",
  ENCRYPTION_KEY: "ab".repeat(32),
  APP_URL: "https://caly.example/",
  BETTER_AUTH_SECRET: "s".repeat(32),
  SMTP_URL: "smtp://127.0.0.1",
};

test("what is set but empty is not set", () => {
  const empty = { DATABASE_URL: "", DATABASE_POOL_SIZE: "", DATABASE_DRIVER: " ", PORT: "", VERCEL: "", HOST: "" };
  expect(readEnv({ ...embedded, ...empty })).toEqual(readEnv(embedded));
});

test.each([
  [undefined, false],
  ["127.0.0.1", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["192.168.1.7", false],
])("listening on %s, the socket counts as this machine's alone: %s", (HOST, loopbackOnly) => {
  expect(readEnv({ ...embedded, HOST }).loopbackOnly).toBe(loopbackOnly);
  expect(readEnv({ ...deployed, HOST }).loopbackOnly).toBe(false);
});

test("where no disk is kept, recordings need a storage that is configured whole", () => {
  const vercel = { ...deployed, VERCEL: "1" };
  const s3 = { S3_BUCKET: "calls", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "key" };
  expect(() => readEnv(vercel)).toThrow(/S3_BUCKET.*BLOB_READ_WRITE_TOKEN/);
  expect(() => readEnv({ ...vercel, S3_BUCKET: "calls" })).toThrow(ConfigurationError);
  expect(() => readEnv({ ...deployed, ...s3, S3_ACCESS_KEY_ID: "" })).toThrow(/S3_ACCESS_KEY_ID/);
  expect(readEnv({ ...vercel, ...s3 }).blobs.driver).toBe("s3");
  expect(readEnv({ ...vercel, BLOB_READ_WRITE_TOKEN: "token" }).blobs.driver).toBe("vercel-blob");
  expect(readEnv(deployed).blobs.driver).toBe("disk");
});

test("a key of the wrong length is a matter of configuration", () => {
  expect(readEnv(deployed)).toMatchObject({ mode: "deployed", appUrl: "https://caly.example" });
  for (const ENCRYPTION_KEY of ["short", "ab".repeat(31), "ab".repeat(33)])
    expect(() => readEnv({ ...deployed, ENCRYPTION_KEY })).toThrow(ConfigurationError);
});
