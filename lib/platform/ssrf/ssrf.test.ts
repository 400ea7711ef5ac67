import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { BlockedAddress, BodyTooLarge, guardedFetch, isPublicAddress } from ".";
import { publicLookup } from "./address";

const limits = { maxBytes: 1_000, timeoutMs: 3_000 };
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("addresses that are not public are not connected to", () => {
  test.each([
    "http://127.0.0.1/",
    "http://127.8.9.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://0.0.0.0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://100.64.0.1/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://192.0.0.8/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "https://user:pass@example.com/",
    "not an address",
  ])("%s", async (address) => {
    await expect(guardedFetch(address, limits)).rejects.toBeInstanceOf(BlockedAddress);
  });

  test.each(["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test("a name is refused when any of its addresses is private", async () => {
    const lookup = publicLookup((_name, done) =>
      done(null, [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ]),
    );
    const error = await new Promise((resolve) => lookup("two-faced.example", { all: true }, (e) => resolve(e)));
    expect(error).toBeInstanceOf(BlockedAddress);
  });

  test("a name with public addresses passes", async () => {
    const lookup = publicLookup((_name, done) => done(null, [{ address: "93.184.216.34", family: 4 }]));
    expect(await new Promise((resolve) => lookup("example.com", {}, (...answer) => resolve(answer)))).toEqual([
      null,
      "93.184.216.34",
      4,
    ]);
  });
});

describe("an allowed origin", () => {
  test("is exact: another port of the same host stays blocked", async () => {
    const origin = await serve((_request, response) => response.end("fine"));
    const answer = await guardedFetch(`${origin}/file`, { ...limits, allowOrigins: [origin] });
    expect(await answer.text()).toBe("fine");
    const other = await serve((_request, response) => response.end("secret"));
    await expect(guardedFetch(other, { ...limits, allowOrigins: [origin] })).rejects.toBeInstanceOf(BlockedAddress);
  });

  test("cannot redirect us to a private address", async () => {
    const inside = await serve((_request, response) => response.end("secret"));
    const origin = await serve((_request, response) => response.writeHead(302, { location: inside }).end());
    await expect(guardedFetch(origin, { ...limits, allowOrigins: [origin], maxRedirects: 3 })).rejects.toBeInstanceOf(
      BlockedAddress,
    );
  });

  test("redirects are the answer unless following was asked for, and stop at the limit", async () => {
    const origin = await serve((_request, response) => response.writeHead(302, { location: "/again" }).end());
    const options = { ...limits, allowOrigins: [origin] };
    expect((await guardedFetch(origin, options)).status).toBe(302);
    expect((await guardedFetch(origin, { ...options, maxRedirects: 2 })).status).toBe(302);
  });

  test("a secret header is not carried to another origin", async () => {
    const seen: (string | undefined)[] = [];
    const second = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end("there");
    });
    const first = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: second }).end();
    });
    const answer = await guardedFetch(first, {
      ...limits,
      allowOrigins: [first, second],
      maxRedirects: 1,
      secretHeaders: { authorization: "Bearer key" },
    });
    expect(await answer.text()).toBe("there");
    expect(seen).toEqual(["Bearer key", undefined]);
  });
});

describe("limits", () => {
  test("a body longer than allowed fails, announced or not", async () => {
    const announced = await serve((_request, response) => response.end("x".repeat(2_000)));
    await expect(guardedFetch(announced, { ...limits, allowOrigins: [announced] })).rejects.toBeInstanceOf(
      BodyTooLarge,
    );
    const chunked = await serve((_request, response) => {
      response.write("x".repeat(800));
      response.end("x".repeat(800));
    });
    const answer = await guardedFetch(chunked, { ...limits, allowOrigins: [chunked] });
    await expect(answer.text()).rejects.toThrow();
  });

  test("an answer that does not come in time fails", async () => {
    const slow = await serve(() => {});
    await expect(guardedFetch(slow, { ...limits, timeoutMs: 100, allowOrigins: [slow] })).rejects.toThrow();
  });
});
