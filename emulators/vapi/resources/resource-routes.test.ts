import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VapiClient } from "@vapi-ai/server-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startVapiEmulator } from "../index";
import { assistantBody, type Bench, createAssistant, createNumber, openBench } from "../testing/call-bench";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ apiKey: "private-key" });
});
afterEach(() => bench.close());

const unknownId = "00000000-0000-4000-8000-000000000000";

describe("resources", () => {
  it("are created, listed, changed and deleted", async () => {
    const id = await createAssistant(bench);
    expect(await bench.api("GET", "/assistant?limit=1")).toMatchObject({
      status: 200,
      body: [{ id, name: "Front desk" }],
    });
    const changed = await bench.api("PATCH", `/assistant/${id}`, { name: "Desk", firstMessage: null });
    expect(changed).toMatchObject({ status: 200, body: { id, name: "Desk" } });
    expect(changed.body).not.toHaveProperty("firstMessage");
    expect((await bench.api("DELETE", `/assistant/${id}`)).status).toBe(200);
    expect(await bench.api("GET", `/assistant/${id}`)).toMatchObject({
      status: 404,
      body: { message: `Couldn't find assistant ${id}`, error: "Not Found", statusCode: 404 },
    });
  });

  it.each([
    ["GET", "/assistant"],
    ["POST", "/phone-number"],
    ["GET", "/call/x/mono-recording"],
  ])("%s %s needs the private key", async (method, path) => {
    for (const authorization of ["", "Bearer ", "Bearer public-key", "Basic private-key"]) {
      const response = await fetch(bench.emulator.url + path, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(method === "POST" ? { body: "{}" } : {}),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ message: "Invalid Key", error: "Unauthorized", statusCode: 401 });
    }
  });

  it.each<[string, object, string]>([
    ["/assistant", { name: "x".repeat(41) }, "name"],
    ["/assistant", { nmae: "x" }, "property nmae should not exist"],
    ["/assistant", { server: { url: "https://a.example", secret: "s" } }, "server.property secret should not exist"],
    ["/assistant", { server: { url: "https://a.example", timeoutSeconds: 301 } }, "server.timeoutSeconds"],
    ["/assistant", { serverMessages: ["transcripts"] }, "serverMessages.0"],
    ["/assistant", { server: { url: "https://a.example", credentialId: unknownId } }, "Couldn't find credential"],
    ["/tool", { type: "function", function: { name: "no spaces" } }, "function.name"],
    ["/phone-number", { provider: "twilio", number: "12025550100", twilioAccountSid: "AC" }, "number"],
    ["/phone-number", { provider: "pigeon" }, "provider"],
    [
      "/credential",
      { provider: "custom-credential", authenticationPlan: { type: "magic" } },
      "authenticationPlan.type",
    ],
    ["/call", { assistantId: unknownId }, "Couldn't find assistant"],
    ["/call", {}, "assistantId or assistant must be given"],
  ])("POST %s refuses %j", async (path, body, message) => {
    const reply = await bench.api("POST", path, body);
    expect(reply).toMatchObject({ status: 400, body: { error: "Bad Request", statusCode: 400 } });
    expect(JSON.stringify(reply.body)).toContain(message);
  });

  it("refuses bodies that are not JSON objects", async () => {
    const post = (body: string, type = "application/json") =>
      fetch(`${bench.emulator.url}/assistant`, {
        method: "POST",
        body,
        headers: { authorization: "Bearer private-key", "content-type": type },
      });
    expect((await post("{")).status).toBe(400);
    expect((await post("[]")).status).toBe(400);
    expect((await post("{}", "text/plain")).status).toBe(415);
  });

  it("refuses a second number that is the same", async () => {
    await createNumber(bench);
    await expect(createNumber(bench)).rejects.toThrow("409");
  });

  it("does not show account secrets and signing keys again", async () => {
    await createNumber(bench);
    const plan = { type: "hmac", secretKey: "hidden-key", algorithm: "sha256" };
    await bench.create("/credential", { provider: "custom-credential", authenticationPlan: plan });
    const shown = JSON.stringify([await bench.api("GET", "/phone-number"), await bench.api("GET", "/credential")]);
    expect(shown).toContain("hmac");
    expect(shown).not.toMatch(/hidden-key|twilioAuthToken/);
  });

  it("answers the vendor's own client", async () => {
    const client = new VapiClient({ token: "private-key", environment: bench.emulator.url });
    const made = await client.assistants.create({ name: "From the client", firstMessage: "Hello" });
    expect((await client.assistants.list({ limit: 1 }))[0]?.id).toBe(made.id);
    const { call } = await bench.run({ assistantId: made.id, scenario: "message" });
    const fetched = await client.calls.get({ id: call.id });
    expect(fetched).toMatchObject({ id: call.id, status: "ended" });
    await expect(client.calls.get({ id: unknownId })).rejects.toMatchObject({ statusCode: 404 });
  });

  it("lists calls by time and by number", async () => {
    const assistantId = await createAssistant(bench);
    const old = await bench.run({ assistantId, scenario: "message", ringsAt: "2026-01-02T03:04:05Z" });
    const young = await bench.run({ assistantId, scenario: "message" });
    const idsOf = async (query: string) =>
      ((await bench.api("GET", `/call?${query}`)).body as { id: string }[]).map((call) => call.id);
    expect(old.call.createdAt).toBe("2026-01-02T03:04:05.000Z");
    expect(await idsOf("limit=10")).toEqual([young.call.id, old.call.id]);
    expect(await idsOf("createdAtLt=2026-02-01")).toEqual([old.call.id]);
    expect(await idsOf(`phoneNumberId=${unknownId}`)).toEqual([]);
    expect((await bench.api("GET", "/call?limit=many")).status).toBe(400);
  });

  it("refuses a request under another host's name", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      const target = `${bench.emulator.url}/_emulator/health`;
      request(target, { headers: { host: "evil.example" } }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(403);
  });
});

describe("a restart", () => {
  it("keeps assistants, numbers, calls and recordings, and ends what was cut off", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "vapi-restart-"));
    const first = await openBench({ dataDir });
    const assistantId = await createAssistant(first);
    await createNumber(first, { assistantId });
    const turns = [{ agent: "Good morning." }];
    const { call } = await first.run({ script: { turns }, speech: "synthesised" });
    const open = await first.create<{ id: string }>("/_emulator/calls", { speed: 1, speech: "estimated" });
    await first.close();

    const second = await startVapiEmulator({ port: 0, dataDir });
    const headers = { authorization: "Bearer key" };
    const get = (path: string) => fetch(second.url + path, { headers, redirect: "manual" });
    expect(await (await get("/assistant")).json()).toMatchObject([
      { id: assistantId, ...assistantBody(first.receiver) },
    ]);
    expect(await (await get("/phone-number")).json()).toMatchObject([{ number: "+12025550100", assistantId }]);
    expect(await (await get(`/call/${call.id}`)).json()).toMatchObject({ status: "ended", cost: call.cost });
    const link = (await get(`/call/${call.id}/stereo-recording`)).headers.get("location") ?? "";
    expect((await fetch(link)).status).toBe(200);
    expect(await (await get(`/call/${open.id}`)).json()).toMatchObject({
      status: "ended",
      endedReason: "worker-shutdown",
    });
    await second.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
