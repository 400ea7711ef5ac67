import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** 32 bytes from base64, base64url or hex; throws on any other length. */
export function parseKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length !== 32) throw new Error("ENCRYPTION_KEY must be 32 bytes, in base64 or hex: openssl rand -base64 32");
  return key;
}

/** A key of its own for each purpose, by HKDF-SHA256 (RFC 5869) from the master key. */
export const deriveKey = (master: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", master, "caly", purpose, 32));

/** AES-256-GCM; `context` (for example the row's id) is authenticated, so that a ciphertext cannot be moved to another row. */
export function seal(key: Buffer, plaintext: string, context: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
}

/** The plaintext; throws when the text was altered, belongs to another context, or was sealed with another key. */
export function unseal(key: Buffer, sealed: string, context: string): string {
  if (!sealed.startsWith("v1.")) throw new Error("Unknown ciphertext version");
  const raw = Buffer.from(sealed.slice(3), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, raw.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(raw.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error("What is kept encrypted cannot be read: ENCRYPTION_KEY is another than it was kept with", {
      cause,
    });
  }
}

export const sha256Hex = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const keyObjects = new WeakMap<Buffer, KeyObject>();

/** A key that is used again and again is wrapped once: wrapping costs six times the HMAC of a short text. */
export function hmacSha256(key: Buffer, data: string | Uint8Array): Buffer {
  const wrapped = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, wrapped);
  return createHmac("sha256", wrapped).update(data).digest();
}
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString("base64url");

/** As hard to guess as `randomToken()`, and the same whenever it is made for the same parts with the same key. */
export const tokenFor = (key: Buffer, ...parts: string[]): string =>
  hmacSha256(key, JSON.stringify(parts)).toString("base64url");

/** Constant-time for any lengths: both sides are hashed first. */
export function safeEqual(a: string | Uint8Array, b: string | Uint8Array): boolean {
  const digest = (x: string | Uint8Array) => createHash("sha256").update(x).digest();
  return timingSafeEqual(digest(a), digest(b));
}
