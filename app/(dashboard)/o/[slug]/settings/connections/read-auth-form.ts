import type { UpdateConnectionInput } from "@/lib/connections/schemas";

type AuthInput = NonNullable<UpdateConnectionInput["webhookAuth"]>;

/** The fields of the authentication form as the verb takes them; the verb says what is wrong with them. */
export function readAuthForm(form: FormData): AuthInput {
  const text = (name: string) => String(form.get(`webhookAuth.${name}`) ?? "").trim();
  const isOn = (name: string) => form.get(`webhookAuth.${name}`) !== null;
  switch (text("method")) {
    case "bearer":
      return {
        method: "bearer",
        ...(text("headerName") ? { headerName: text("headerName") } : {}),
        bearerPrefix: isOn("bearerPrefix"),
      };
    case "hmac":
      return {
        method: "hmac",
        algorithm: text("algorithm") as "sha256",
        signatureHeader: text("signatureHeader"),
        signaturePrefix: text("signaturePrefix"),
        encoding: text("encoding") as "hex",
        payloadFormat: text("payloadFormat"),
        ...(text("timestampHeader") ? { timestampHeader: text("timestampHeader") } : {}),
        secretIsBase64: isOn("secretIsBase64"),
      };
    default:
      return { method: "secret_header" };
  }
}
