import { describe, expect, test } from "vitest";
import { clientAddress, networkOf } from "./client-address";

const from = (headers: Record<string, string>, trustedProxy: "vercel" | "one-hop" | undefined) =>
  clientAddress(new Request("http://localhost/", { headers }), { trustedProxy });

describe("the caller's address", () => {
  test("a header counts for nothing without a configured proxy", () => {
    expect(from({ "x-forwarded-for": "1.2.3.4", "x-real-ip": "1.2.3.4" }, undefined)).toBe("direct");
  });

  test.each([
    ["1.2.3.4", "1.2.3.4"],
    ["6.6.6.6, 1.2.3.4", "1.2.3.4"],
    ["6.6.6.6,1.2.3.4:5678", "1.2.3.4"],
    ["[2001:DB8::1]:443", "2001:db8::1"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["1.2.3.4, unknown", "direct"],
    ["", "direct"],
  ])("behind one proxy of ours the last entry of %o is %s", (header, address) => {
    expect(from({ "x-forwarded-for": header }, "one-hop")).toBe(address);
  });

  test("on Vercel its own header wins", () => {
    expect(from({ "x-vercel-forwarded-for": "1.2.3.4", "x-forwarded-for": "6.6.6.6" }, "vercel")).toBe("1.2.3.4");
    expect(from({ "x-forwarded-for": "1.2.3.4, 10.0.0.1" }, "vercel")).toBe("1.2.3.4");
  });

  test.each([
    ["1.2.3.4", "1.2.3.4"],
    ["direct", "direct"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8::6", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("limits count %s as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
