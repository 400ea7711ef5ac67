import type { AccessToken } from "@/lib/calendars/ports";
import { refuse } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, isUnauthorised, type Outcome, type Reply, refusalOf } from "./http";

export type Call = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the API's address, its parts encoded. */
  path: string;
  query?: Record<string, string | undefined>;
  body?: object;
  ifMatch?: string | undefined;
  /** What a refusal calls it: paths hold people's addresses. */
  name: string;
  /** Failures the caller reads itself; all others are refusals already. */
  expects?: readonly number[];
};

/** Sends one request with the account's token; after a 401 once more with a fresh one. */
export type Client = (call: Call) => Promise<Outcome<Reply>>;

export function client(endpoints: Endpoints, access: AccessToken): Client {
  const send = ({ method, path, query = {}, body, ifMatch }: Call, token: string) => {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
    return exchange(`${endpoints.api}${path}${search}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
        ...(ifMatch ? { "if-match": ifMatch } : {}),
      },
      secretHeaders: { authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
      allowOrigins: endpoints.allowOrigins,
    });
  };

  return async (call) => {
    let token = await access();
    if (!token.ok) return token;
    let reply = await send(call, token.value);
    if (reply.ok && isUnauthorised(reply.value)) {
      token = await access(token.value);
      if (!token.ok) return token;
      reply = await send(call, token.value);
      if (reply.ok && isUnauthorised(reply.value)) return refuse("revoked");
    }
    if (!reply.ok || reply.value.status < 300 || call.expects?.includes(reply.value.status)) return reply;
    return refusalOf(reply.value, call.name);
  };
}
