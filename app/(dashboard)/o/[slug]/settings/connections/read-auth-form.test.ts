import { describe, expect, it } from "vitest";
import { webhookAuth } from "@/lib/connections/schemas";
import { readAuthForm } from "./read-auth-form";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(`webhookAuth.${name}`, value);
  return readAuthForm(data);
};

describe("the authentication form", () => {
  it("gives the method chosen and only what belongs to it", () => {
    expect(form({ method: "secret_header", headerName: "x" })).toEqual({ method: "secret_header" });
    expect(form({})).toEqual({ method: "secret_header" });
    expect(form({ method: "bearer", headerName: " ", bearerPrefix: "on" })).toEqual({
      method: "bearer",
      bearerPrefix: true,
    });
    expect(form({ method: "bearer", headerName: "X-Caly" })).toEqual({
      method: "bearer",
      headerName: "X-Caly",
      bearerPrefix: false,
    });
  });

  it("leaves what is wrong to the schema, which names the field", () => {
    const given = {
      method: "hmac",
      algorithm: "sha256",
      encoding: "hex",
      signatureHeader: "x y",
      payloadFormat: "{time}",
    };
    const result = webhookAuth.safeParse(form(given));
    expect(result.error?.issues.map((issue) => issue.path.join("."))).toEqual(["signatureHeader", "payloadFormat"]);
  });
});
