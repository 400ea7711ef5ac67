import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type S3Server = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  close(): Promise<void>;
};

type Stored = { data: Buffer; contentType: string };
type Upload = { contentType: string; parts: Map<number, Buffer> };

/** One bucket in memory that recomputes every signature (AWS Signature Version 4, in headers or in the query) and refuses wrong ones. */
export async function startS3Server(): Promise<S3Server> {
  const keys = { accessKeyId: "AKTEST0000000000TEST", secretAccessKey: "secret+key/of=the+test" };
  const [bucket, region] = ["recordings", "eu-test-1"];
  const objects = new Map<string, Stored>();
  const uploads = new Map<string, Upload>();
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://s3.test");
    const body = await bodyOf(request);
    const refused = refusal(request, url, body, keys, region);
    if (refused) return answer(response, 403, `<Error><Code>${refused}</Code></Error>`);
    const [, name, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    if (name !== bucket) return answer(response, 404, "<Error><Code>NoSuchBucket</Code></Error>");
    const key = rest.join("/");
    if (key && (url.searchParams.has("uploads") || url.searchParams.has("uploadId")))
      return uploadRequest(request, response, url.searchParams, { key, body, objects, uploads });
    if (key) return objectRequest(request, response, objects, key, body);
    if (request.method === "POST" && url.searchParams.has("delete"))
      return deleteMany(response, objects, body.toString());
    if (url.searchParams.has("list-type")) return list(response, objects, url.searchParams.get("prefix") ?? "");
    return answer(response, 200, "");
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...keys,
    bucket,
    region,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function objectRequest(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Stored>,
  key: string,
  body: Buffer,
) {
  if (request.method === "PUT") {
    objects.set(key, { data: body, contentType: request.headers["content-type"] ?? "binary/octet-stream" });
    response.setHeader("etag", `"${createHash("md5").update(body).digest("hex")}"`);
    return answer(response, 200, "");
  }
  if (request.method === "DELETE") {
    objects.delete(key);
    return answer(response, 204, "");
  }
  const found = objects.get(key);
  if (!found) return answer(response, 404, "<Error><Code>NoSuchKey</Code></Error>");
  const size = found.data.length;
  response.setHeader("content-type", found.contentType);
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  if (!range) return answer(response, 200, found.data);
  const suffix = range[1] === "" ? Number(range[2]) : undefined;
  const start = suffix === undefined ? Number(range[1]) : Math.max(0, size - suffix);
  const end = suffix !== undefined || range[2] === "" ? size - 1 : Math.min(Number(range[2]), size - 1);
  if (start > end || start >= size) {
    response.setHeader("content-range", `bytes */${size}`);
    return answer(response, 416, "<Error><Code>InvalidRange</Code></Error>");
  }
  response.setHeader("content-range", `bytes ${start}-${end}/${size}`);
  return answer(response, 206, found.data.subarray(start, end + 1));
}

/** An object sent in parts: begun, each part put, then completed or given up. */
function uploadRequest(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  {
    key,
    body,
    objects,
    uploads,
  }: { key: string; body: Buffer; objects: Map<string, Stored>; uploads: Map<string, Upload> },
) {
  const contentType = request.headers["content-type"] ?? "binary/octet-stream";
  if (query.has("uploads")) {
    const id = `upload-${uploads.size + 1}`;
    uploads.set(id, { contentType, parts: new Map() });
    return answer(
      response,
      200,
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  const upload = uploads.get(query.get("uploadId") ?? "");
  if (!upload) return answer(response, 404, "<Error><Code>NoSuchUpload</Code></Error>");
  if (request.method === "PUT") {
    upload.parts.set(Number(query.get("partNumber")), body);
    response.setHeader("etag", `"${createHash("md5").update(body).digest("hex")}"`);
    return answer(response, 200, "");
  }
  if (request.method === "DELETE") return answer(response, 204, "");
  const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  objects.set(key, { data: Buffer.concat(parts), contentType: upload.contentType });
  answer(
    response,
    200,
    `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"e"</ETag></CompleteMultipartUploadResult>`,
  );
}

function deleteMany(response: ServerResponse, objects: Map<string, Stored>, body: string): void {
  const keys = [...body.matchAll(/<Key>([^<]+)<\/Key>/g)].map((match) => match[1] ?? "");
  for (const key of keys) objects.delete(key);
  const deleted = keys.map((key) => `<Deleted><Key>${key}</Key></Deleted>`).join("");
  answer(response, 200, `<DeleteResult>${deleted}</DeleteResult>`);
}

function list(response: ServerResponse, objects: Map<string, Stored>, prefix: string): void {
  const found = [...objects].filter(([key]) => key.startsWith(prefix));
  const contents = found
    .map(([key, { data }]) => `<Contents><Key>${key}</Key><Size>${data.length}</Size></Contents>`)
    .join("");
  answer(
    response,
    200,
    `<ListBucketResult><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
  );
}

function answer(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body) }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Why a request is not believed; undefined when its signature is right. */
function refusal(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  keys: { accessKeyId: string; secretAccessKey: string },
  region: string,
): string | undefined {
  const query = url.searchParams;
  const header = /Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=(\w+)/.exec(
    request.headers.authorization ?? "",
  );
  const credential = header?.[1] ?? query.get("X-Amz-Credential");
  const signedHeaders = header?.[2] ?? query.get("X-Amz-SignedHeaders");
  const signature = header?.[3] ?? query.get("X-Amz-Signature");
  const date = String(request.headers["x-amz-date"] ?? query.get("X-Amz-Date") ?? "");
  if (!credential || !signedHeaders || !signature) return "AccessDenied";
  const [id, day = "", scopeRegion] = credential.split("/");
  if (id !== keys.accessKeyId) return "InvalidAccessKeyId";
  if (scopeRegion !== region || !date.startsWith(day)) return "AuthorizationHeaderMalformed";
  if (!header && expired(date, Number(query.get("X-Amz-Expires")))) return "AccessDenied";
  const payload = header ? String(request.headers["x-amz-content-sha256"]) : "UNSIGNED-PAYLOAD";
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const pairs = [...query].filter(([name]) => name !== "X-Amz-Signature").map((pair) => pair.map(uriEncode).join("="));
  const canonical = [
    request.method,
    url.pathname,
    pairs.sort().join("&"),
    ...signedHeaders.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}`),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  return hmac(key, toSign).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();
const uriEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function expired(date: string, seconds: number): boolean {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const signedAt = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  return !(Date.now() < signedAt + seconds * 1000);
}
