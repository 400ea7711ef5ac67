import { notFound as nextNotFound, redirect } from "next/navigation";
import { beforeEach, describe, expect, test } from "vitest";
import type { Env } from "../env";
import { AppError, invalid } from "../errors";
import { createLogger } from "../logger";
import { route, routes } from "./route";

const held = globalThis as unknown as Record<symbol, unknown>;
let lines: Record<string, unknown>[] = [];

function configure(env: Partial<Env>): void {
  lines = [];
  held[Symbol.for("caly.env")] = { loopbackOnly: false, ...env };
  held[Symbol.for("caly.log")] = createLogger({
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
}

beforeEach(() => configure({}));

const context = { params: Promise.resolve({}) };
const get = (headers: Record<string, string> = {}) => new Request("http://localhost/x", { headers });

describe("route", () => {
  test("an id given by the caller is kept, another one is made", async () => {
    const handler = route((_request, { requestId }) => Response.json({ requestId }), { name: "t" });
    const kept = await handler(get({ "x-request-id": "abc-12345678" }), context);
    expect(kept.headers.get("x-request-id")).toBe("abc-12345678");
    const made = await handler(get({ "x-request-id": 'evil" id' }), context);
    expect(made.headers.get("x-request-id")).toMatch(/^req_/);
    expect(await made.json()).toEqual({ requestId: made.headers.get("x-request-id") });
  });

  test.each([
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
    new Error("Failed query: select 1", { cause: Object.assign(new Error("shutting down"), { code: "57P01" }) }),
    new Error("Query read timeout"),
  ])("what cannot be reached now may be asked for again later: %o", async (error) => {
    const handler = route(() => Promise.reject(error), { name: "t" });
    const answer = await handler(get(), context);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.json()).toMatchObject({ code: "unavailable" });
    expect(lines.some((line) => line.msg === "not available" && line.level === "error")).toBe(true);
  });

  test.each([
    [new AppError("not_found", "No."), 404],
    [new AppError("unauthenticated", "No."), 401],
    [new AppError("forbidden", "No."), 403],
    [new AppError("invalid_input", "No."), 400],
    [new AppError("conflict", "No."), 409],
    [new AppError("payload_too_large", "No."), 413],
    [new AppError("unsupported_media_type", "No."), 415],
    [new AppError("unavailable", "No."), 503],
  ])("an error with a code is a problem of its status: %o", async (error, status) => {
    const handler = route(
      () => {
        throw error;
      },
      { name: "t" },
    );
    const answer = await handler(get(), context);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({
      type: "about:blank",
      status,
      code: error.code,
      detail: "No.",
      requestId: expect.any(String),
    });
  });

  test("wrong fields are pointed at", async () => {
    const handler = route(
      () => {
        throw invalid([{ path: "a.0.b", message: "Too short" }]);
      },
      { name: "t" },
    );
    expect(await (await handler(get(), context)).json()).toMatchObject({
      errors: [{ pointer: "/a/0/b", detail: "Too short" }],
    });
  });

  test("who tries too often is told when to come back", async () => {
    const handler = route(
      () => {
        throw new AppError("rate_limited", "Wait.", { retryAfterSeconds: 12.3 });
      },
      { name: "t" },
    );
    const answer = await handler(get(), context);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "13"]);
  });

  test("the unforeseen is a 500 that tells nothing and is logged whole under the request's id", async () => {
    const handler = route(
      () => {
        throw new Error("password=hunter2");
      },
      { name: "t" },
    );
    const answer = await handler(get({ "x-request-id": "find-me-12" }), context);
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(body).not.toContain("hunter2");
    expect(lines.find((line) => line.level === "error")).toMatchObject({
      requestId: "find-me-12",
      err: { message: "password=hunter2" },
    });
  });

  test("notFound() of Next is a problem, redirect() stays Next's", async () => {
    expect((await route(() => nextNotFound(), { name: "t" })(get(), context)).status).toBe(404);
    await expect(route(() => redirect("/a"), { name: "t" })(get(), context)).rejects.toThrow("NEXT_REDIRECT");
  });

  test("ids added by the handler stand on its log lines", async () => {
    const handler = route(
      (_request, { log, addToLog }) => {
        addToLog({ orgId: "org_1", callId: "call_1" });
        log.info("working");
        return new Response();
      },
      { name: "t" },
    );
    await handler(get(), context);
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatchObject({ route: "t", orgId: "org_1", callId: "call_1", requestId: expect.any(String) });
  });

  test("an answer with immutable headers still carries the request's id", async () => {
    const handler = route(() => Response.redirect("http://localhost/there"), { name: "t" });
    const answer = await handler(get(), context);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "http://localhost/there"]);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  });
});

describe("the host check", () => {
  const handler = route(() => new Response("in"), { name: "t" });

  test.each([
    ["localhost:3000", 200],
    ["127.0.0.1", 200],
    ["LOCALHOST", 200],
    ["evil.example", 421],
    ["localhost.evil.example", 421],
    ["127.0.0.1.evil.example:3000", 421],
    ["", 421],
  ])("on this machine alone, Host %o is answered %i", async (host, status) => {
    configure({ loopbackOnly: true });
    expect((await handler(get({ host }), context)).status).toBe(status);
  });

  test("elsewhere every host is answered", async () => {
    expect((await handler(get({ host: "caly.example" }), context)).status).toBe(200);
  });
});

const sayOk = () => new Response("ok");

describe("routes", () => {
  test("other methods are refused with those that are allowed", async () => {
    const handlers = routes({ GET: sayOk }, { name: "t" });
    expect(await (await handlers.GET(get(), context)).text()).toBe("ok");
    for (const method of [handlers.POST, handlers.DELETE]) {
      const answer = await method(new Request("http://localhost/", { method: "POST" }), context);
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
      expect(await answer.json()).toMatchObject({ code: "method_not_allowed" });
    }
  });
});
