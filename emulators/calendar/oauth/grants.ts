import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../../http/clock";
import { type JsonStore, openJsonStore } from "../../http/json-store";

/** One person's consent to one client, with the tokens given under it. */
interface Grant {
  id: string;
  accountId: string;
  clientId: string;
  scope: string;
  isRevoked: boolean;
  refreshTokens: string[];
  accessTokens: { token: string; expiresMs: number }[];
}

interface Code {
  clientId: string;
  redirectUri: string;
  challenge: string | undefined;
  accountId: string;
  scope: string;
  isOffline: boolean;
  expiresMs: number;
}

export interface TokenAnswer {
  accessToken: string;
  refreshToken: string | undefined;
  scope: string;
}

export interface Grants {
  giveCode(code: Omit<Code, "expiresMs">): string;
  /** A code is good once, for ten minutes, with its client, address and verifier; undefined otherwise. */
  redeem(request: { code: string; clientId: string; redirectUri: string; verifier: string }): TokenAnswer | undefined;
  refresh(request: { refreshToken: string; clientId: string }): TokenAnswer | undefined;
  /** By either kind of token; false when there is none such. */
  revokeToken(token: string): boolean;
  revokeAccount(accountId: string): void;
  expireAccessTokens(accountId: string): void;
  /** Whose an access token is, and what it is for. */
  holder(accessToken: string): { accountId: string; scope: string } | undefined;
  flush(): Promise<void>;
}

export const accessTokenSeconds = 3599;
const codeMs = 600_000;
/** A client that refreshes for years does not make the file grow for ever. */
const keptAccessTokens = 20;

export function openGrants(dataDir: string, clock: Clock, options: { rotatesRefreshTokens: boolean }): Grants {
  const store: JsonStore<Grant> = openJsonStore<Grant>(join(dataDir, "grants"));
  const codes = new Map<string, Code>();
  const token = (prefix: string) => `${prefix}${randomBytes(32).toString("base64url")}`;
  const withToken = (text: string) =>
    store
      .list()
      .find((grant) => grant.refreshTokens.includes(text) || grant.accessTokens.some((each) => each.token === text));

  function issue(grant: Grant, refreshToken: string | undefined): TokenAnswer {
    const accessToken = token("at-");
    const accessTokens = [
      ...grant.accessTokens.slice(1 - keptAccessTokens),
      { token: accessToken, expiresMs: clock.now() + accessTokenSeconds * 1000 },
    ];
    const refreshTokens = refreshToken ? [...grant.refreshTokens, refreshToken] : grant.refreshTokens;
    void store.put({ ...grant, accessTokens, refreshTokens });
    return { accessToken, refreshToken, scope: grant.scope };
  }

  return {
    giveCode(code) {
      const text = token("4/");
      codes.set(text, { ...code, expiresMs: clock.now() + codeMs });
      return text;
    },
    redeem({ code, clientId, redirectUri, verifier }) {
      const given = codes.get(code);
      codes.delete(code);
      if (!given || given.expiresMs < clock.now()) return undefined;
      if (given.clientId !== clientId || given.redirectUri !== redirectUri) return undefined;
      const proof = createHash("sha256").update(verifier).digest("base64url");
      if (given.challenge !== undefined && given.challenge !== proof) return undefined;
      const { accountId, scope } = given;
      const grant = { id: randomUUID(), accountId, clientId, scope, isRevoked: false };
      return issue({ ...grant, refreshTokens: [], accessTokens: [] }, given.isOffline ? token("1//") : undefined);
    },
    refresh({ refreshToken, clientId }) {
      const grant = store.list().find((each) => each.refreshTokens.includes(refreshToken));
      if (!grant || grant.isRevoked || grant.clientId !== clientId) return undefined;
      return issue(grant, options.rotatesRefreshTokens ? token("1//") : undefined);
    },
    revokeToken(text) {
      const grant = withToken(text);
      if (!grant || grant.isRevoked) return false;
      void store.put({ ...grant, isRevoked: true, accessTokens: [] });
      return true;
    },
    revokeAccount(accountId) {
      for (const grant of store.list())
        if (grant.accountId === accountId) void store.put({ ...grant, isRevoked: true, accessTokens: [] });
    },
    expireAccessTokens(accountId) {
      for (const grant of store.list())
        if (grant.accountId === accountId) void store.put({ ...grant, accessTokens: [] });
    },
    holder(accessToken) {
      const grant = withToken(accessToken);
      const held = grant?.accessTokens.find((each) => each.token === accessToken);
      if (!grant || grant.isRevoked || !held || held.expiresMs <= clock.now()) return undefined;
      return { accountId: grant.accountId, scope: grant.scope };
    },
    flush: () => store.flush(),
  };
}
