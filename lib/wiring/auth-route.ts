import "server-only";
import { z } from "zod";
import { emailAddress, signInCode } from "@/lib/identity/schemas";
import { notFound } from "@/lib/platform/errors";
import { readJson } from "@/lib/platform/http";
import { parse } from "@/lib/platform/parse";
import { app } from "./app";
import { limitSending, limitTrying, localAuth } from "./auth";
import { requireSameOrigin } from "./same-origin";

const send = z.object({ email: emailAddress, type: z.literal("sign-in").default("sign-in") });
const signIn = z.object({ email: emailAddress, otp: signInCode });

/**
 * Sign-in by code for programs, with the limits of the page: send-verification-otp, sign-in, sign-out, get-session. Every other path
 * of the library does not exist, nor does any of them while Clerk signs people in.
 */
export async function answerAuthRequest(request: Request): Promise<Response> {
  const theApp = await app();
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/api\/auth/, "");
  const known = `${request.method} ${path}`;
  if (theApp.env.clerk) throw notFound("This address");
  requireSameOrigin(request);
  switch (known) {
    case "POST /email-otp/send-verification-otp": {
      const body = parse(send, await readJson(request, { maxBytes: 4096 }));
      await limitSending(theApp, body.email, request);
      await (await localAuth()).sendCode(body.email);
      return Response.json({ success: true });
    }
    case "POST /sign-in/email-otp": {
      const body = parse(signIn, await readJson(request, { maxBytes: 4096 }));
      await limitTrying(theApp, body.email, request);
      return forward(request, body);
    }
    case "POST /sign-out":
      return forward(request, {});
    case "GET /get-session":
      return (await localAuth()).handler(request);
    default:
      throw notFound("This address");
  }
}

/** Only what was parsed goes on. */
async function forward(request: Request, body: unknown): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  headers.delete("content-length");
  const forwarded = new Request(request.url, { method: request.method, headers, body: JSON.stringify(body) });
  return (await localAuth()).handler(forwarded);
}
