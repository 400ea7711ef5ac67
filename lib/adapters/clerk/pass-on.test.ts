import { expect, test } from "vitest";
import { passOn } from "./pass-on";

const given = (headers: Record<string, string>, url = "http://127.0.0.1:3000/o/acme?q=1") => {
  const answer = new Headers(headers);
  passOn(url, answer);
  return Object.fromEntries(answer);
};

test("a rewrite to the request's own address, under whichever of its names, goes on instead", () => {
  const overrides = { "x-middleware-override-headers": "x-nonce", "x-middleware-request-x-nonce": "n" };
  expect(given({ "x-middleware-rewrite": "http://localhost:3000/o/acme?q=1", ...overrides })).toEqual({
    "x-middleware-next": "1",
    ...overrides,
  });
});

test("a rewrite that leads elsewhere, a redirect and a plain answer stay as they are", () => {
  const answers: Record<string, string>[] = [
    { "x-middleware-rewrite": "http://localhost:3000/elsewhere" },
    { "x-middleware-rewrite": "http://localhost:3000/o/acme?q=2" },
    { location: "https://clerk.example.test/v1/client/handshake" },
    { "x-middleware-next": "1" },
  ];
  for (const headers of answers) expect(given(headers)).toEqual(headers);
});
