import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { BlockedAddress } from "@/lib/platform/ssrf";
import { vapiClient } from "./client";

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

let serial = 0;
const client = (baseUrl: string, loopbackOrigin?: string) =>
  vapiClient({ connectionId: `con_${++serial}`, baseUrl, apiKey: "private-key", loopbackOrigin });

describe("a recording", () => {
  it("is fetched without our key from where the redirect leads", async () => {
    const keys: (string | undefined)[] = [];
    const store = await serve((request, response) => {
      keys.push(request.headers.authorization);
      response.writeHead(200, { "content-type": "audio/wav" }).end("RIFF");
    });
    const api = await serve((request, response) => {
      keys.push(request.headers.authorization);
      response.writeHead(302, { location: `${store}/r.wav?sig=1` }).end();
    });
    const recording = await client(api, store).downloadRecording("c1");
    expect(Buffer.from(recording?.bytes ?? []).toString()).toBe("RIFF");
    expect(recording?.contentType).toBe("audio/wav");
    expect(keys).toEqual(["Bearer private-key", undefined]);
  });

  it("is not fetched from an address of ours, whatever the provider says", async () => {
    let isReached = false;
    const inside = await serve((_request, response) => {
      isReached = true;
      response.end();
    });
    const api = await serve((_request, response) => response.writeHead(302, { location: `${inside}/secret` }).end());
    await expect(client(api).downloadRecording("c1")).rejects.toBeInstanceOf(BlockedAddress);
    await expect(client(api, api).downloadRecording("c1")).rejects.toBeInstanceOf(BlockedAddress);
    expect(isReached).toBe(false);
  });

  it("must be audio; one that does not exist is none", async () => {
    const page = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    );
    const api = await serve((_request, response) => response.writeHead(302, { location: page }).end());
    await expect(client(api, page).downloadRecording("c1")).rejects.toThrow(/text\/html/);
    const empty = await serve((_request, response) => response.writeHead(404).end("{}"));
    expect(await client(empty).downloadRecording("c1")).toBeUndefined();
  });
});

describe("the API", () => {
  it("does not know a call that is gone, and says when it refuses", async () => {
    const api = await serve((request, response) =>
      response.writeHead(request.url?.endsWith("gone") ? 404 : 401).end("{}"),
    );
    expect(await client(api).getCall("gone")).toBeUndefined();
    await expect(client(api).getCall("other")).rejects.toMatchObject({ status: 401 });
  });

  it("tells a call as a report does", async () => {
    const call = {
      id: "c1",
      type: "inboundPhoneCall",
      status: "ended",
      createdAt: "2026-11-20T12:00:00.000Z",
      startedAt: "2026-11-20T12:00:02.000Z",
      endedAt: "2026-11-20T12:00:32.000Z",
      endedReason: "customer-ended-call",
      customer: { number: "+12025550123" },
      cost: 0.01,
      artifact: {
        messages: [{ role: "user", message: "Hello", secondsFromStart: 1 }],
        recordingUrl: "https://x.example",
      },
      analysis: { summary: "Short." },
    };
    const api = await serve((_request, response) => response.end(JSON.stringify(call)));
    expect(await client(api).getCall("c1")).toMatchObject({
      call: { externalId: "c1", status: "ended", fromNumber: "+12025550123", endedReason: "customer-ended-call" },
      report: {
        summary: "Short.",
        costMicros: 10_000,
        hasRecording: true,
        turns: [{ role: "caller", text: "Hello", offsetMs: 1000 }],
      },
    });
  });

  it("that keeps failing is left alone for a while; a refusal is no failure", async () => {
    let requests = 0;
    const failing = await serve((_request, response) => {
      requests++;
      response.writeHead(500).end();
    });
    const broken = client(failing);
    for (let n = 0; n < 8; n++) await broken.getCall("c").catch(() => {});
    expect(requests).toBe(5);
    let refusals = 0;
    const refusing = await serve((_request, response) => {
      refusals++;
      response.writeHead(403).end();
    });
    const denied = client(refusing);
    for (let n = 0; n < 8; n++) await denied.getCall("c").catch(() => {});
    expect(refusals).toBe(8);
  });
});
