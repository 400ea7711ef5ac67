"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { CheckboxField, SelectField, TextField } from "@/components/ui/form-fields";
import type { Connection } from "@/lib/connections/schemas";
import { type FormAction, idle } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  connection: Pick<Connection, "id" | "name" | "agentId" | "hasApiKey" | "mode">;
  agents: readonly { value: string; label: string }[];
};

export function DetailsForm({ action, connection, agents }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        defaultValue={connection.name}
        error={state.fields?.name}
      />
      <SelectField
        label="Answered by"
        name="agentId"
        options={[{ value: "", label: "The first agent" }, ...agents]}
        defaultValue={connection.agentId ?? ""}
      />
      {connection.mode === "live" && (
        <>
          <TextField
            label="Vapi private key"
            name="apiKey"
            type="password"
            autoComplete="off"
            optional
            placeholder={connection.hasApiKey ? "Leave empty to keep the stored key" : undefined}
            help="Used to fetch recordings and to ask about calls whose report did not come. Stored encrypted, never shown."
            error={state.fields?.apiKey}
          />
          {connection.hasApiKey && <CheckboxField label="Remove the stored key" name="removeKey" />}
        </>
      )}
      <SaveFooter saving={{ pending, outcome: state.status === "idle" || state.fields ? null : state }} isPlain />
    </form>
  );
}
