import { ask, expect, test } from "./deployed";

const unreadable = ["%ff", "%c0%af", "%E0%A4%A", "a%", "%zz", "%80%80"];

test("an address with a broken percent sign is the caller's mistake on every route, and said so", async ({
  baseURL,
}) => {
  for (const broken of unreadable) {
    for (const path of ["/api/voice/vapi/", "/api/cron/", "/api/webhooks/clerk/", "/api/auth/", "/api/"]) {
      const answer = await ask(`${baseURL}${path}${broken}`);
      expect([path, broken, answer.status]).toEqual([path, broken, 400]);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid_input", status: 400 });
    }
    for (const path of ["/", "/o/", "/o/any/calls/", "/invite/", "/o/any/settings/services/"]) {
      const answer = await ask(`${baseURL}${path}${broken}`);
      expect([path, broken, answer.status]).toEqual([path, broken, 400]);
      expect(answer.headers["content-type"]).toContain("text/plain");
    }
  }
});
