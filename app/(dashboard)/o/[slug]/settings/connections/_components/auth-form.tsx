"use client";

import { useState } from "react";
import { SaveFooter } from "@/components/forms/save-footer";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { CheckboxField, SelectField, TextField } from "@/components/ui/form-fields";
import type { WebhookAuth } from "@/lib/connections/schemas";
import { type FormAction, idle } from "@/lib/platform/form-state";

const methods = [
  { value: "secret_header", label: "Secret in the header X-Vapi-Secret" },
  { value: "bearer", label: "Bearer token" },
  { value: "hmac", label: "Signature (HMAC) over the body" },
];
const algorithms = ["sha256", "sha512", "sha1"].map((value) => ({
  value,
  label: value.toUpperCase().replace("SHA", "SHA-"),
}));
const encodings = [
  { value: "hex", label: "Hexadecimal" },
  { value: "base64", label: "Base64" },
];

export function AuthForm({ action, auth }: { action: FormAction; auth: WebhookAuth }) {
  const { state, pending, form } = useKeptForm(action, idle);
  const [method, setMethod] = useState<string>(auth.method);
  const bearer = auth.method === "bearer" ? auth : undefined;
  const hmac = auth.method === "hmac" ? auth : undefined;
  const error = (name: string) => state.fields?.[`webhookAuth.${name}`];
  return (
    <form {...form} className="flex flex-col gap-4">
      <SelectField
        label="How a webhook proves itself"
        name="webhookAuth.method"
        options={methods}
        value={method}
        onChange={(event) => setMethod(event.target.value)}
        help="Only this way is accepted."
      />
      {method === "bearer" && (
        <>
          <TextField
            label="Header"
            name="webhookAuth.headerName"
            placeholder="Authorization"
            optional
            defaultValue={bearer?.headerName}
            error={error("headerName")}
          />
          <CheckboxField
            label="The value begins with “Bearer”"
            name="webhookAuth.bearerPrefix"
            defaultChecked={bearer?.bearerPrefix !== false}
          />
        </>
      )}
      {method === "hmac" && (
        <>
          <p className="text-xs text-muted">
            A signature cannot be carried by an assistant that we send: attach the credential to the phone number in
            Vapi.
          </p>
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label="Algorithm"
              name="webhookAuth.algorithm"
              options={algorithms}
              defaultValue={hmac?.algorithm ?? "sha256"}
            />
            <SelectField
              label="Written as"
              name="webhookAuth.encoding"
              options={encodings}
              defaultValue={hmac?.encoding ?? "hex"}
            />
            <TextField
              label="Signature header"
              name="webhookAuth.signatureHeader"
              required
              defaultValue={hmac?.signatureHeader ?? "x-vapi-signature"}
              error={error("signatureHeader")}
            />
            <TextField
              label="Prefix of the signature"
              name="webhookAuth.signaturePrefix"
              optional
              placeholder="sha256="
              defaultValue={hmac?.signaturePrefix}
              error={error("signaturePrefix")}
            />
            <TextField
              label="What is signed"
              name="webhookAuth.payloadFormat"
              required
              help="{body} and {timestamp} stand for the raw body and the timestamp header."
              defaultValue={hmac?.payloadFormat ?? "{body}"}
              error={error("payloadFormat")}
            />
            <TextField
              label="Timestamp header"
              name="webhookAuth.timestampHeader"
              optional
              placeholder="x-timestamp"
              defaultValue={hmac?.timestampHeader}
              error={error("timestampHeader")}
            />
          </div>
          <CheckboxField
            label="The secret is base64 and is decoded before use"
            name="webhookAuth.secretIsBase64"
            defaultChecked={hmac?.secretIsBase64}
          />
        </>
      )}
      <SaveFooter saving={{ pending, outcome: state.status === "idle" || state.fields ? null : state }} isPlain />
    </form>
  );
}
