"use client";

import Link from "next/link";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { SelectField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";
import { ShownSecret } from "./shown-secret";

type Props = { slug: string; action: FormAction; agents: readonly { value: string; label: string }[] };

export function CreateConnectionForm({ slug, action, agents }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  if (state.ok && state.values?.secret)
    return (
      <div className="flex flex-col gap-3">
        <FormStatus outcome={{ ok: true, message: state.message }} />
        <ShownSecret secret={state.values.secret} />
        <Link
          className="font-medium text-accent-ink underline underline-offset-2"
          href={`/o/${slug}/settings/connections/${state.values.connectionId}`}
        >
          Open the connection and its webhook address
        </Link>
      </div>
    );
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        placeholder="Main line"
        defaultValue={state.values?.name}
        error={state.fields?.name}
      />
      {agents.length > 0 && <SelectField label="Answered by" name="agentId" options={agents} />}
      <TextField
        label="Vapi private key"
        name="apiKey"
        type="password"
        autoComplete="off"
        optional
        help="Used to fetch recordings and to ask about calls whose report did not come. Stored encrypted."
        error={state.fields?.apiKey}
      />
      <FormStatus outcome={state.status === "error" && (!state.fields || state.remedy) ? state : null} />
      <SubmitButton pending={pending} pendingLabel="Connecting">
        Connect Vapi
      </SubmitButton>
    </form>
  );
}
