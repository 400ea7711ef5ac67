import type { AccessToken } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, type Outcome, type Reply, refusalOf } from "./http";

export type Call = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the API's address, with its query. */
  path: string;
  body?: object;
  ifMatch?: string | undefined;
  /** Events to a page, where the way of asking for that is a preference. */
  pageSize?: number;
  /** What a refusal calls it. */
  name: string;
  /** Failures the caller reads itself; all others are refusals already. */
  expects?: readonly number[];
};

export type Client = {
  /** Sends one request with the account's token; after a 401 once more with a fresh one. */
  send(call: Call): Promise<Outcome<Reply>>;
  /** The path of a link that Graph gave, if it leads to where we send tokens. */
  pathOf(link: string): Outcome<string>;
};

export function client(endpoints: Endpoints, access: AccessToken): Client {
  const once = ({ method, path, body, ifMatch, pageSize }: Call, token: string) =>
    exchange(`${endpoints.api}${path}`, {
      method,
      headers: {
        accept: "application/json",
        // Times in UTC, so that none of Windows' names for zones has to be understood; ids that outlive a move between folders.
        prefer: `outlook.timezone="UTC", IdType="ImmutableId"${pageSize ? `, odata.maxpagesize=${pageSize}` : ""}`,
        ...(body ? { "content-type": "application/json" } : {}),
        ...(ifMatch ? { "if-match": ifMatch } : {}),
      },
      secretHeaders: { authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
      allowOrigins: endpoints.allowOrigins,
    });

  return {
    async send(call) {
      let token = await access();
      if (!token.ok) return token;
      let reply = await once(call, token.value);
      if (reply.ok && reply.value.status === 401) {
        token = await access(token.value);
        if (!token.ok) return token;
        reply = await once(call, token.value);
        if (reply.ok && reply.value.status === 401) return refuse("revoked");
      }
      if (!reply.ok || reply.value.status < 300 || call.expects?.includes(reply.value.status)) return reply;
      return refusalOf(reply.value, call.name);
    },
    pathOf(link) {
      const isOurs = link.startsWith(`${endpoints.api}/`);
      return isOurs
        ? ok(link.slice(endpoints.api.length))
        : refuse("unavailable", { what: "Microsoft named another server" });
    },
  };
}
